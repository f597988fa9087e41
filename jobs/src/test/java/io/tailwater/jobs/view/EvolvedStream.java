// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.oracle.NaiveEvent;
import io.tailwater.aggregation.oracle.NaiveViews;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.program.InputProgram;
import io.tailwater.definitions.program.ViewProgram;
import io.tailwater.jobs.view.WindowsHarness.Setup;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

/** One random stream through the windows of a view whose definition changes on the way. */
final class EvolvedStream {
  private static final int CUSTOMERS = 4;
  private static final String[] SOURCES = {"orders", "carts"};

  /** An event as it is decoded, of a source. */
  private record Decoded(String source, long time, String id, Object[] row) {}

  private final long seed;
  private final Random random;
  private final Backend backend;
  private final List<Decoded> events = new ArrayList<>();
  private final Map<Long, TreeMap<Long, Map<String, Object>>> tables = new HashMap<>();
  private final Map<Long, Map<String, Object>> online = new HashMap<>();
  private final Map<String, Long> completeFrom = new HashMap<>();
  private final List<Long> stops = new ArrayList<>();
  private OperatorSubtaskState state;
  private FeatureView view;
  private long clock = 1_000;
  private long watermark = 900;

  EvolvedStream(long seed, Backend backend) {
    this.seed = seed;
    this.random = new Random(seed);
    this.backend = backend;
  }

  /** Goes on from the last savepoint with a version of the view, to the next one. */
  void run(FeatureView version, int count) throws Exception {
    view = version;
    rename();
    ViewProgram program = ViewProgram.compile(view);
    try (WindowsHarness windows = setup().restore(state)) {
      for (int i = 0; i < count; i++) {
        clock += random.nextInt(6);
        events.add(next());
        offer(windows, program, events.get(events.size() - 1));
        if (random.nextInt(8) == 0) {
          offer(windows, program, events.get(recent()));
        }
        if (random.nextInt(4) == 0) {
          watermark = Math.max(watermark, clock - random.nextInt(40));
          windows.watermark(watermark);
        }
      }
      // Else what the last change has published would not have been asked for.
      watermark = Math.max(watermark, clock - 20);
      windows.watermark(watermark);
      state = windows.checkpoint();
      stops.add(watermark);
      collect(windows);
    }
  }

  /** The stores know a renamed feature by its new name. */
  private void rename() {
    for (Feature feature : view.storedFeatures()) {
      if (feature.was() != null) {
        tables.values().stream()
            .flatMap(table -> table.values().stream())
            .filter(row -> row.containsKey(feature.was()))
            .forEach(row -> row.put(feature.name(), row.remove(feature.was())));
      }
    }
  }

  private Setup setup() {
    Setup setup = Setup.of(view).on(backend.create());
    long next = events.stream().mapToLong(Decoded::time).max().orElse(0) + 1;
    return state == null
        ? setup
        : setup.withSettings(
            Setup.settings(7, WindowSettings.UNBOUNDED)
                .withKnownFrom(Map.of("orders", next, "carts", next)));
  }

  private int recent() {
    return events.size() - 1 - random.nextInt(Math.min(5, events.size()));
  }

  /** Late by no more than every version allows. */
  private Decoded next() {
    long time = Math.max(watermark - EvolvedViews.LATENESS + 20, clock - random.nextInt(70));
    String source = SOURCES[random.nextInt(3) / 2];
    String id = "%s-%d".formatted(time, random.nextInt(3));
    Double amount = random.nextInt(6) == 0 ? null : random.nextInt(10_000) / 100.0;
    Object[] row = {
      (long) random.nextInt(CUSTOMERS), id, time, amount, "category-" + random.nextInt(3)
    };
    for (Decoded event : events) {
      boolean same = event.time() == time && event.id().equals(id) && event.source().equals(source);
      if (same && event.row()[0].equals(row[0])) {
        return event;
      }
    }
    return new Decoded(source, time, id, row);
  }

  private void offer(WindowsHarness windows, ViewProgram program, Decoded event) throws Exception {
    int index = view.inputOf(event.source());
    if (index < 0 || event.time() < watermark - EvolvedViews.LATENESS) {
      return;
    }
    InputProgram input = program.input(index);
    Object[] row = input.extend(event.row(), event.time());
    if (input.accepts(row)) {
      windows.event(
          new ViewEvent(
              index,
              new EntityKey(input.key(row)),
              event.time(),
              event.id().getBytes(UTF_8),
              input.columns(row),
              event.source() + "/0/0",
              null,
              new byte[] {1}));
    }
  }

  private void collect(WindowsHarness windows) {
    List<String> names = view.storedFeatures().stream().map(Feature::name).toList();
    for (OfflineRow row : windows.offline()) {
      tables
          .computeIfAbsent((Long) row.key()[0], customer -> new TreeMap<>())
          .put(row.eventTimestamp(), byName(names, row.values()));
    }
    for (OnlineVector vector : windows.online()) {
      online.put((Long) vector.key()[0], byName(names, vector.values()));
    }
    names.forEach(name -> completeFrom.put(name, windows.completeFrom(name)));
  }

  private static Map<String, Object> byName(List<String> names, Object[] values) {
    Map<String, Object> byName = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      byName.put(names.get(i), values[i]);
    }
    return byName;
  }

  /**
   * Compares the table, as an as-of join reads it, and the last vectors with the recomputation.
   *
   * @param exact the features that have to be known at every instant
   */
  void check(List<String> exact) {
    ViewProgram program = ViewProgram.compile(view);
    for (String feature : exact) {
      assertThat(completeFrom).containsEntry(feature, Completeness.ALWAYS);
    }
    int compared = 0;
    for (long customer = 0; customer < CUSTOMERS; customer++) {
      List<NaiveEvent> taken = naive(program, customer);
      NaiveViews naive = new NaiveViews(program.plan(), taken);
      for (long instant : naive.rows(watermark).keySet()) {
        compared += compare(program, naive, customer, instant);
      }
      // Where a change took place nothing needs to have happened.
      for (long instant : stops) {
        compared += compare(program, naive, customer, instant);
      }
      long last = taken.stream().mapToLong(NaiveEvent::time).reduce(watermark, Math::max);
      Map<String, Object> vector = online.get(customer);
      byName(names(), program.features(naive.at(last)))
          .forEach(
              (feature, expected) -> {
                if (completeFrom.get(feature) <= last) {
                  assertSame("online " + feature, vector.get(feature), expected);
                }
              });
    }
    assertThat(compared).isPositive();
  }

  private List<String> names() {
    return view.storedFeatures().stream().map(Feature::name).toList();
  }

  private int compare(ViewProgram program, NaiveViews naive, long customer, long instant) {
    int compared = 0;
    Map<String, Object> expected = byName(names(), program.features(naive.at(instant)));
    for (String feature : names()) {
      if (instant >= completeFrom.get(feature)) {
        String what = "%s of %d at %d".formatted(feature, customer, instant);
        Map.Entry<Long, Map<String, Object>> row = tables.get(customer).floorEntry(instant);
        // Without a row nothing had happened that the view knew of then.
        Map<String, Object> found = row == null ? nothing(program) : row.getValue();
        assertSame(what, found.get(feature), expected.get(feature));
        compared++;
      }
    }
    return compared;
  }

  private Map<String, Object> nothing(ViewProgram program) {
    return byName(
        names(), program.features(new NaiveViews(program.plan(), List.of()).at(watermark)));
  }

  private List<NaiveEvent> naive(ViewProgram program, long customer) {
    Map<String, NaiveEvent> naive = new HashMap<>();
    for (Decoded event : events) {
      int index = view.inputOf(event.source());
      if (index >= 0 && event.row()[0].equals(customer)) {
        InputProgram input = program.input(index);
        Object[] row = input.extend(event.row(), event.time());
        if (input.accepts(row)) {
          String id = event.source() + event.id();
          naive.put(id, new NaiveEvent(event.time(), id.getBytes(UTF_8), input.columns(row)));
        }
      }
    }
    return List.copyOf(naive.values());
  }

  private void assertSame(String what, Object actual, Object expected) {
    assertThat(NaiveViews.sameBits(new Object[] {actual}, new Object[] {expected}))
        .as("seed %d, %s: found %s, expected %s", seed, what, actual, expected)
        .isTrue();
  }
}
