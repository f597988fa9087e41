// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.Window;
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
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random plans over random hostile streams of one entity, against the naive recomputation: every
 * online vector as it is emitted, and the whole offline table at the end, in bits.
 */
class EntityEngineRandomTest {
  @Test
  void equalsNaiveRecomputation() {
    run(1, 3_000);
  }

  @Test
  @Tag("full")
  void equalsNaiveRecomputationAtLength() {
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
    private record Id(long time, int id) {}

    private final Random random;
    private final AggregationPlan plan;
    private final EntityEngine engine;
    private final EntityStateCodec codec;
    private final MemoryChunkStore store;
    private final long lateness;
    private final TimeScale scale;
    private final HostileTimes times;
    private final Amendments amendments = new Amendments();
    private final Map<Id, Object[]> applied = new HashMap<>();
    private final TreeMap<Long, Object[]> table = new TreeMap<>();
    private final TreeSet<Long> steps = new TreeSet<>();
    private EntityState state;
    private long watermark = Long.MIN_VALUE;
    private long newest = Long.MIN_VALUE;
    private long onlineAsOf = Long.MIN_VALUE;
    private Object[] online;
    private long onlineCount;
    private long onlineValidUntil;
    private boolean sawLate;

    Case(long seed) {
      random = new Random(seed);
      scale = TimeScale.next(random);
      plan = RandomPlan.next(random, scale);
      times = new HostileTimes(random, scale, plan);
      lateness = random.nextInt(40) * scale.unit();
      engine =
          new EntityEngine(
              plan,
              lateness,
              results -> results.clone(),
              EntityEngine.Past.NONE,
              2 + random.nextInt(6));
      codec = engine.codec();
      store = new MemoryChunkStore(codec);
      state = engine.create(watermark);
    }

    void run() {
      for (int i = random.nextInt(60); i >= 0; i--) {
        offer(times.next());
        if (random.nextInt(3) == 0) {
          advance(Math.max(watermark, times.clock() - random.nextInt(30) * scale.unit()));
        }
        storeAndLoad();
      }
      advance(Math.max(watermark, times.clock()) + random.nextInt(200) * scale.unit());
      engine.correct(state, store, amendments, this);
      checkTable();
      checkForgotten();
    }

    private void offer(long time) {
      int id = random.nextInt(3);
      Object[] values = HostileValues.of(random, plan);
      Id key = new Id(time, id);
      Object[] present = applied.get(key);
      if (present != null && random.nextBoolean()) {
        values = present;
      }
      Outcome outcome =
          engine.apply(
              state,
              store,
              new Event(time, new byte[] {(byte) id}, values),
              watermark,
              amendments,
              this);
      if (watermark != Long.MIN_VALUE && time < watermark - lateness) {
        assertThat(outcome).isEqualTo(Outcome.TOO_LATE);
        return;
      }
      sawLate |= time <= watermark;
      expectOutcome(outcome, present, values);
      if (present == null || outcome == Outcome.CONFLICT_REPLACED) {
        applied.put(key, values);
      }
      steps.addAll(new NaiveViews(plan, List.of(naive(key, values))).steps());
      newest = Math.max(newest, time);
      checkOnline();
    }

    private void expectOutcome(Outcome outcome, Object[] present, Object[] values) {
      if (present == null) {
        assertThat(outcome).isEqualTo(Outcome.APPLIED);
      } else if (values == present) {
        assertThat(outcome).isEqualTo(Outcome.DUPLICATE);
      } else {
        assertThat(outcome).isNotIn(Outcome.APPLIED, Outcome.TOO_LATE);
      }
    }

    private void advance(long instant) {
      watermark = instant;
      if (engine.nextStep(state) <= watermark) {
        engine.advanceTo(state, store, watermark, amendments, this);
      }
      if (random.nextInt(4) == 0) {
        engine.correct(state, store, amendments, this);
      }
      if (newest != Long.MIN_VALUE) {
        checkOnline();
      }
    }

    /** As a store on disk, or a heap store during a snapshot, does between any two calls. */
    private void storeAndLoad() {
      if (random.nextInt(3) == 0) {
        state = state.copy();
      } else if (random.nextBoolean()) {
        ByteWriter out = new ByteWriter();
        codec.writeState(state, out);
        state = codec.readState(new ByteReader(out.toByteArray()));
      }
    }

    private NaiveViews naive() {
      List<NaiveEvent> events = new ArrayList<>();
      applied.forEach((id, values) -> events.add(naive(id, values)));
      return new NaiveViews(plan, events);
    }

    private static NaiveEvent naive(Id id, Object[] values) {
      return new NaiveEvent(id.time(), new byte[] {(byte) id.id()}, values);
    }

    private void checkOnline() {
      Long passed = steps.floor(watermark);
      long asOf = passed == null ? newest : Math.max(newest, passed);
      assertThat(onlineAsOf).as("as-of").isEqualTo(asOf);
      Long next = steps.higher(asOf);
      assertThat(onlineValidUntil)
          .as("valid until")
          .isEqualTo(next == null ? FeatureOutput.FOREVER : next);
      assertThat(onlineCount).as("event count").isEqualTo(applied.size());
      assertSame("online as of " + asOf, online, naive().at(asOf));
    }

    private void checkTable() {
      NaiveViews naive = naive();
      SortedMap<Long, Object[]> expected = naive.rows(watermark);
      expected.forEach((instant, row) -> assertSame("row " + instant, table.get(instant), row));
      table.forEach((instant, row) -> assertSame("row " + instant, row, naive.at(instant)));
      if (!sawLate) {
        assertThat(table.keySet()).isEqualTo(expected.keySet());
      }
    }

    private void checkForgotten() {
      if (newest == Long.MIN_VALUE) {
        return;
      }
      boolean lifetime =
          plan.aggregates().stream().anyMatch(each -> each.window() instanceof Window.Lifetime);
      long end = steps.last() + lateness + 1;
      watermark = Math.max(watermark, end);
      engine.advanceTo(state, store, watermark, amendments, this);
      assertThat(engine.isForgotten(state, watermark)).isEqualTo(!lifetime);
      assertThat(engine.nextStep(state))
          .isEqualTo(lifetime ? Long.MAX_VALUE : steps.last() + lateness + 1);
      if (!lifetime) {
        assertThat(store.size()).as("chunks, ids and pages of an empty window").isZero();
      }
    }

    private static void assertSame(String what, Object[] actual, Object[] expected) {
      assertThat(Arrays.deepEquals(actual, expected))
          .as("%s: found %s, expected %s", what, Arrays.toString(actual), Arrays.toString(expected))
          .isTrue();
    }

    @Override
    public void online(long asOf, long validUntil, long eventCount, Object[] features) {
      assertThat(asOf).as("as-of never goes back").isGreaterThanOrEqualTo(onlineAsOf);
      assertThat(validUntil).isGreaterThan(asOf);
      onlineAsOf = asOf;
      online = features;
      onlineCount = eventCount;
      onlineValidUntil = validUntil;
    }

    @Override
    public void offline(long instant, Object[] features) {
      assertThat(instant).as("a row is final").isLessThanOrEqualTo(watermark);
      table.put(instant, features);
    }
  }
}
