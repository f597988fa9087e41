// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.Window.Calendar.Period;
import io.tailwater.definitions.model.Aggregate;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReachTest {
  private static final long HOUR = 3_600_000;
  private static final long FROM = Instant.parse("2026-03-30T12:00:00Z").toEpochMilli();

  private final FeatureView shop = Shop.project("none").views().get(0);
  private final EventSource source = shop.source();

  @Test
  void anEventThatLeavesAtTheFirstInstantCounts() {
    long oldest = oldest(Window.sliding(HOUR));

    assertThat(oldest).isEqualTo(FROM - 1 - HOUR);
    assertThat(Window.sliding(HOUR).leaves(oldest)).as("a row at this instant").isEqualTo(FROM);
    assertThat(Window.sliding(HOUR).leaves(oldest - 1)).isLessThan(FROM);
  }

  @Test
  void reachesAsFarAsTheLongestWindowWithItsOffsetAndItsHops() {
    Window lagged = new Window.Sliding(HOUR, 5 * HOUR, 1);
    Window hopped = new Window.Sliding(HOUR, 0, 24 * HOUR);

    assertThat(oldest(Window.sliding(2 * HOUR), lagged)).isEqualTo(FROM - 1 - 6 * HOUR);
    assertThat(oldest(hopped)).isEqualTo(FROM - 12 * HOUR - HOUR);
  }

  @Test
  void aCalendarWindowReachesToTheStartOfItsPeriod() {
    Window month = new Window.Calendar(Period.MONTH, ZoneId.of("Europe/Lisbon"));

    assertThat(oldest(month)).isEqualTo(Instant.parse("2026-03-01T00:00:00Z").toEpochMilli());
    assertThat(
            Reach.oldestEvent(
                List.of(view(source.name(), month)),
                source,
                Instant.parse("2026-03-31T23:00:00Z").toEpochMilli()))
        .as("at the boundary what leaves there counts")
        .isEqualTo(Instant.parse("2026-03-01T00:00:00Z").toEpochMilli());
  }

  @Test
  void aLifetimeReachesToTheBeginning() {
    assertThat(oldest(Window.sliding(HOUR), new Window.Lifetime())).isEqualTo(Long.MIN_VALUE);
    assertThat(Reach.oldestEvent(List.of(shop), source, Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void anotherSourcesWindowsDoNotCount() {
    EventSource other =
        new EventSource(
            "other",
            source.avroSchema(),
            source.fields(),
            source.eventTime(),
            source.eventId(),
            source.columns(),
            source.watermark(),
            null);

    assertThat(Reach.oldestEvent(List.of(view(source.name(), Window.sliding(HOUR))), other, FROM))
        .isEqualTo(FROM - 1);
  }

  private long oldest(Window... windows) {
    return Reach.oldestEvent(List.of(view(source.name(), windows)), source, FROM);
  }

  private FeatureView view(String of, Window... windows) {
    List<Feature> features = new ArrayList<>();
    for (Window window : windows) {
      features.add(new AggregateFeature("f" + features.size(), of, Aggregate.countAll(), window));
    }
    return new FeatureView(
        "view", shop.entity(), source, shop.inputs().get(0).keyFields(), null, features);
  }
}
