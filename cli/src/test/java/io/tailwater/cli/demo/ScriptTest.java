// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.model.WatermarkPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The script keeps the promises from which the verdicts of its events follow. */
class ScriptTest {
  private static final long END = 1_790_000_000_000L;
  private static final WatermarkPolicy POLICY = WatermarkPolicy.DEFAULT;

  @Test
  void isAFunctionOfItsSeed() {
    assertThat(orders(history(7))).isEqualTo(orders(history(7))).isNotEqualTo(orders(history(8)));
  }

  @Test
  void noOrdinaryOrDuplicateEventIsTooLateWhateverTheJobsPace() {
    for (long seed = 0; seed < 5; seed++) {
      Map<List<Object>, Long> newest = new HashMap<>();
      for (ScheduledEvent scheduled : history(seed)) {
        ProducedEvent produced = scheduled.event();
        ShopEvent event = produced.event();
        if (event != null && produced.fate() != Fate.BROKEN) {
          List<Object> partition = List.of(produced.source(), produced.partition());
          long before = newest.getOrDefault(partition, Long.MIN_VALUE / 2);
          long watermark = before - POLICY.outOfOrdernessMillis() - 1;
          assertThat(event.eventTime())
              .as("seed %d, %s", seed, event)
              .isGreaterThan(watermark - POLICY.allowedLatenessMillis());
          newest.put(partition, Math.max(before, event.eventTime()));
        }
      }
    }
  }

  @Test
  void aDuplicateComesBehindItsOriginalInTheSamePartition() {
    Map<String, ProducedEvent> originals = new HashMap<>();
    for (ScheduledEvent scheduled : history(3)) {
      ProducedEvent produced = scheduled.event();
      ShopEvent event = produced.event();
      if (produced.fate() == Fate.ORDINARY) {
        assertThat(originals.put(event.id(), produced)).as("%s", event).isNull();
      } else if (produced.fate() == Fate.DUPLICATE) {
        ProducedEvent original = originals.get(event.id());
        assertThat(original).as("%s", event).isNotNull();
        assertThat(produced.source()).isEqualTo(original.source());
        assertThat(produced.partition()).isEqualTo(original.partition());
        assertThat(event.eventTime()).isEqualTo(original.event().eventTime());
        assertThat(event.customerId()).isEqualTo(original.event().customerId());
        if (event instanceof Order order) {
          assertThat(order.productId()).isEqualTo(((Order) original.event()).productId());
        }
      }
    }
  }

  @Test
  void everyKindOfTroubleIsInEachSource() {
    Map<String, List<ProducedEvent>> sources =
        history(1).stream()
            .map(ScheduledEvent::event)
            .collect(Collectors.groupingBy(ProducedEvent::source));

    assertThat(sources).containsOnlyKeys(Shop.SOURCES);
    sources.forEach(
        (source, events) -> {
          assertThat(events)
              .as(source)
              .extracting(ProducedEvent::fate)
              .contains(Fate.ORDINARY, Fate.DUPLICATE, Fate.BROKEN);
          assertThat(events).as(source).anyMatch(produced -> produced.event() == null);
        });
    assertThat(orders(history(1))).anyMatch(order -> order.customerId() == null);
    assertThat(orders(history(1))).anyMatch(order -> !order.isCompleted());
    assertThat(orders(history(1))).anyMatch(order -> Double.isNaN(order.unitPrice()));
    assertThat(history(1))
        .anyMatch(
            scheduled ->
                scheduled.event().event() != null
                    && scheduled.arrival() - scheduled.event().event().eventTime() > 3_600_000L);
  }

  @Test
  void theHeroBuysSixTimesAndFallsSilentBeforeTheEnd() {
    List<Order> purchases =
        orders(history(1)).stream()
            .filter(order -> Long.valueOf(Shop.HERO).equals(order.customerId()))
            .toList();

    assertThat(purchases).hasSize(6).allMatch(Order::isCompleted);
    assertThat(purchases)
        .allMatch(order -> order.eventTime() < END - 2 * 86_400_000L + 86_400_000L / 8);
  }

  private static List<ScheduledEvent> history(long seed) {
    return new Script(seed, 20_000, POLICY, END).history();
  }

  private static List<Order> orders(List<ScheduledEvent> history) {
    return history.stream()
        .map(scheduled -> scheduled.event().event())
        .filter(Order.class::isInstance)
        .map(Order.class::cast)
        .toList();
  }
}
