// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.WindowedAggregate;
import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.oracle.NaiveEvent;
import io.tailwater.aggregation.oracle.NaiveViews;
import io.tailwater.aggregation.random.HostileTimes;
import io.tailwater.aggregation.random.HostileValues;
import io.tailwater.aggregation.random.RandomPlan;
import io.tailwater.aggregation.random.TimeScale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random streams of one entity whose plan changes on the way, once or several times, against the
 * naive recomputation of what the log then knows: what both plans compute keeps its bits, and the
 * rest is right from when on the log that was kept reaches back far enough.
 */
class EvolutionRandomTest {
  /** Of an aggregate that is never fully known. */
  private static final long NEVER = Long.MAX_VALUE;

  @Test
  void equalsNaiveRecomputationFromWhenOnItIsKnown() {
    run(1, 500);
  }

  @Test
  @Tag("full")
  void equalsNaiveRecomputationFromWhenOnItIsKnownAtLength() {
    run(1_000_000, 100_000);
  }

  private static void run(long firstSeed, int cases) {
    for (long seed = firstSeed; seed < firstSeed + cases; seed++) {
      try {
        new Case(seed).run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  /** One stream of one entity. */
  private static final class Case implements FeatureOutput {
    private record Id(long time, List<Byte> bytes) {}

    private final Random random;
    private final TimeScale scale;
    private final long lateness;
    private final Amendments amendments = new Amendments();
    private final Map<Id, Object[]> logged = new HashMap<>();
    private final TreeMap<Long, Object[]> rows = new TreeMap<>();
    private final List<Byte> idPrefix = new ArrayList<>();
    private final List<Long> changes = new ArrayList<>();
    private HostileTimes times;
    private AggregationPlan plan;
    private EntityEngine engine;
    private MemoryChunkStore store;
    private EntityState state;
    private long[] exactFrom;

    /** A column that has a value in each event that has any. */
    private int mark;

    private long loggedFrom = Long.MIN_VALUE;
    private long changedAt = Long.MIN_VALUE;
    private long watermark = Long.MIN_VALUE;
    private long eventCount;
    private long asOf = Long.MIN_VALUE;
    private long validUntil;
    private Object[] online;

    Case(long seed) {
      random = new Random(seed);
      scale = TimeScale.next(random);
      lateness = random.nextInt(40) * scale.unit();
      use(RandomPlan.next(random, scale));
      store = new MemoryChunkStore(engine.codec());
      state = engine.create(watermark);
      exactFrom = new long[plan.aggregates().size()];
      Arrays.fill(exactFrom, Long.MIN_VALUE);
      times = new HostileTimes(random, scale, plan);
    }

    private void use(AggregationPlan next) {
      plan = next;
      mark = random.nextInt(plan.columns().size());
      engine =
          new EntityEngine(
              plan,
              lateness,
              Object[]::clone,
              new EntityEngine.Past(changes, new long[0]),
              2 + random.nextInt(6));
    }

    void run() {
      stream();
      for (int i = random.nextInt(3); i >= 0; i--) {
        evolve();
        stream();
      }
      advance(Math.max(watermark, times.clock()) + random.nextInt(200) * scale.unit());
      engine.correct(state, store, amendments, this);
      checkRows();
      checkForgotten();
    }

    private void stream() {
      for (int i = random.nextInt(60); i > 0; i--) {
        offer(times.next());
        if (random.nextInt(3) == 0) {
          advance(Math.max(watermark, times.clock() - random.nextInt(30) * scale.unit()));
        }
        storeAndLoad();
      }
    }

    private void offer(long time) {
      Object[] values = HostileValues.of(random, plan);
      if (values[mark] == null) {
        Arrays.fill(values, null);
      }
      byte[] id = new byte[idPrefix.size() + 1];
      for (int i = 0; i < idPrefix.size(); i++) {
        id[i] = idPrefix.get(i);
      }
      id[idPrefix.size()] = (byte) random.nextInt(3);
      Event event = new Event(time, id, values);
      Outcome outcome = engine.apply(state, store, event, watermark, amendments, this);
      if (outcome == Outcome.APPLIED || outcome == Outcome.CONFLICT_REPLACED) {
        assertThat(logged.put(id(time, id), values) == null).isEqualTo(outcome == Outcome.APPLIED);
        eventCount += outcome == Outcome.APPLIED ? 1 : 0;
      } else if (outcome != Outcome.TOO_LATE) {
        assertThat(logged).containsKey(id(time, id));
      }
      checkOnline();
    }

    private static Id id(long time, byte[] id) {
      List<Byte> bytes = new ArrayList<>();
      for (byte each : id) {
        bytes.add(each);
      }
      return new Id(time, bytes);
    }

    private void advance(long instant) {
      watermark = instant;
      if (engine.nextStep(state) <= watermark) {
        engine.advanceTo(state, store, watermark, amendments, this);
      }
      if (random.nextInt(4) == 0) {
        engine.correct(state, store, amendments, this);
      }
      checkOnline();
    }

    private void storeAndLoad() {
      if (random.nextBoolean()) {
        ByteWriter out = new ByteWriter();
        engine.codec().writeState(state, out);
        state = engine.codec().readState(new ByteReader(out.toByteArray()));
      }
    }

    private void evolve() {
      engine.correct(state, store, amendments, this);
      checkRows();
      RandomChange next = RandomChange.of(random, scale, plan, knownMark());
      loggedFrom = Math.max(loggedFrom, reach(plan, Instants.minus(watermark, lateness)));
      Object[] onlineBefore = online;
      Object[] finalBefore = finalVector();
      exactFrom = exactFrom(next);
      changeLog(next);
      MemoryChunkStore changed = new MemoryChunkStore(new EntityStateCodec(next.to()), store);
      state = new Evolution(next.change()).convert(state, store, changed);
      store = changed;
      changes.add(watermark);
      use(next.change().to());
      times = times.with(plan);
      changedAt = watermark;
      rows.clear();
      if (online != null) {
        engine.publish(state, store, this);
        checkKept("online", onlineBefore, online, next);
      }
      checkKept("final", finalBefore, finalVector(), next);
      storeAndLoad();
      engine.advanceTo(state, store, watermark, amendments, this);
      engine.publishFinal(state, store, this);
      checkOnline();
    }

    /** The mark, if it is one for the events of earlier plans, too. */
    private int knownMark() {
      boolean known =
          logged.values().stream()
              .allMatch(
                  values ->
                      values[mark] != null || Arrays.stream(values).allMatch(Objects::isNull));
      return known ? mark : PlanChange.UNKNOWN;
    }

    private Object[] finalVector() {
      List<Object[]> vectors = new ArrayList<>();
      EntityState copy = state.copy();
      new EntityEngine(plan, lateness, Object[]::clone)
          .publishFinal(
              copy,
              store,
              new FeatureOutput() {
                @Override
                public void online(long asOf, long validUntil, long count, Object[] features) {}

                @Override
                public void offline(long instant, Object[] features) {
                  vectors.add(features);
                }
              });
      return vectors.isEmpty() ? null : vectors.get(0);
    }

    private static void checkKept(
        String what, Object[] before, Object[] after, RandomChange change) {
      for (int i = 0; i < change.sameAs().length && before != null && after != null; i++) {
        int same = change.sameAs()[i];
        if (same >= 0) {
          assertSame(what + " " + i, after[i], before[same]);
        }
      }
    }

    /** From when on each aggregate of the new plan is a function of what the log knows. */
    private long[] exactFrom(RandomChange next) {
      long[] from = new long[next.sameAs().length];
      for (int i = 0; i < from.length; i++) {
        Window window = next.change().to().aggregates().get(i).window();
        long known = window instanceof Window.Lifetime ? NEVER : window.leaves(loggedFrom - 1);
        from[i] =
            next.sameAs()[i] >= 0
                ? exactFrom[next.sameAs()[i]]
                : loggedFrom == Long.MIN_VALUE ? Long.MIN_VALUE : known;
      }
      return from;
    }

    private static long reach(AggregationPlan plan, long instant) {
      return plan.aggregates().stream()
          .map(WindowedAggregate::window)
          .filter(window -> !(window instanceof Window.Lifetime))
          .mapToLong(window -> window.lowerEnd(instant))
          .reduce(instant, Math::min);
    }

    private void changeLog(RandomChange next) {
      Map<Id, Object[]> before = new HashMap<>(logged);
      logged.clear();
      Byte prefix = next.change().idPrefix();
      before.forEach(
          (id, values) -> {
            if (next.keeps(values)) {
              List<Byte> bytes = new ArrayList<>(id.bytes());
              if (prefix != null) {
                bytes.add(0, prefix);
              }
              logged.put(new Id(id.time(), bytes), next.valuesOf(values));
            }
          });
      if (prefix != null) {
        idPrefix.add(0, prefix);
      }
    }

    private NaiveViews naive() {
      List<NaiveEvent> events = new ArrayList<>();
      logged.forEach(
          (id, values) -> {
            byte[] bytes = new byte[id.bytes().size()];
            for (int i = 0; i < bytes.length; i++) {
              bytes[i] = id.bytes().get(i);
            }
            events.add(new NaiveEvent(id.time(), bytes, values));
          });
      return new NaiveViews(plan, events);
    }

    /** The vector is right from its as-of until just before it is out of date. */
    private void checkOnline() {
      if (online == null) {
        return;
      }
      assertThat(validUntil).as("valid until").isGreaterThan(Math.max(asOf, watermark));
      NaiveViews naive = naive();
      for (int i = 0; i < online.length; i++) {
        long from = Math.max(asOf, exactFrom[i]);
        if (from < validUntil) {
          assertSame("online %d at %d".formatted(i, from), online[i], naive.at(from)[i]);
        }
      }
    }

    private void checkRows() {
      NaiveViews naive = naive();
      rows.forEach(
          (instant, row) -> {
            Object[] expected = naive.at(instant);
            for (int i = 0; i < row.length; i++) {
              if (instant >= exactFrom[i]) {
                assertSame("row %d of %d".formatted(i, instant), row[i], expected[i]);
              }
            }
          });
      for (long instant : naive.rows(watermark).keySet()) {
        if (instant > changedAt) {
          checkAsOf(naive, instant);
        }
      }
    }

    /** An as-of join of the table finds what is right at an instant. */
    private void checkAsOf(NaiveViews naive, long instant) {
      Map.Entry<Long, Object[]> row = rows.floorEntry(instant);
      for (int i = 0; i < exactFrom.length; i++) {
        if (instant >= exactFrom[i]) {
          assertThat(row).as("a row at or before %d", instant).isNotNull();
          assertSame(
              "as of %d, aggregate %d".formatted(instant, i),
              row.getValue()[i],
              naive.at(instant)[i]);
        }
      }
    }

    private void checkForgotten() {
      boolean lifetime =
          plan.aggregates().stream().anyMatch(each -> each.window() instanceof Window.Lifetime);
      if (eventCount == 0 || lifetime) {
        return;
      }
      while (!engine.isForgotten(state, watermark)) {
        watermark = Math.max(watermark, engine.nextStep(state));
        engine.advanceTo(state, store, watermark, amendments, this);
      }
      engine.advanceTo(state, store, watermark, amendments, this);
      assertThat(store.size()).as("chunks, ids and pages of an empty window").isZero();
    }

    private static void assertSame(String what, Object actual, Object expected) {
      assertThat(NaiveViews.sameBits(new Object[] {actual}, new Object[] {expected}))
          .as("%s: found %s, expected %s", what, actual, expected)
          .isTrue();
    }

    @Override
    public void online(long newAsOf, long newValidUntil, long count, Object[] features) {
      assertThat(newAsOf).as("as-of never goes back").isGreaterThanOrEqualTo(asOf);
      asOf = newAsOf;
      validUntil = newValidUntil;
      online = features;
      assertThat(count).as("event count never goes back").isGreaterThanOrEqualTo(eventCount);
    }

    @Override
    public void offline(long instant, Object[] features) {
      rows.put(instant, features);
    }
  }
}
