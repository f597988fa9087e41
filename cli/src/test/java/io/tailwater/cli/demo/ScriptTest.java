// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.model.WatermarkPolicy;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  void noOrdinaryOrDuplicateOrderIsTooLateWhateverTheJobsPace() {
    for (long seed = 0; seed < 5; seed++) {
      long[] newest = new long[Script.PARTITIONS];
      Arrays.fill(newest, Long.MIN_VALUE / 2);
      for (ScheduledEvent scheduled : history(seed)) {
        ProducedEvent event = scheduled.event();
        Order order = event.order();
        if (order != null && event.fate() != Fate.BROKEN) {
          long watermark = newest[event.partition()] - POLICY.outOfOrdernessMillis() - 1;
          assertThat(order.eventTime())
              .as("seed %d, %s", seed, order)
              .isGreaterThan(watermark - POLICY.allowedLatenessMillis());
          newest[event.partition()] = Math.max(newest[event.partition()], order.eventTime());
        }
      }
    }
  }

  @Test
  void aDuplicateComesBehindItsOriginalInTheSamePartition() {
    Map<String, ProducedEvent> originals = new HashMap<>();
    for (ScheduledEvent scheduled : history(3)) {
      ProducedEvent event = scheduled.event();
      Order order = event.order();
      if (event.fate() == Fate.ORDINARY) {
        assertThat(originals.put(order.orderId(), event)).as("%s", order).isNull();
      } else if (event.fate() == Fate.DUPLICATE) {
        ProducedEvent original = originals.get(order.orderId());
        assertThat(original).as("%s", order).isNotNull();
        assertThat(event.partition()).isEqualTo(original.partition());
        assertThat(order.eventTime()).isEqualTo(original.order().eventTime());
        assertThat(order.customerId()).isEqualTo(original.order().customerId());
        assertThat(order.productId()).isEqualTo(original.order().productId());
      }
    }
  }

  @Test
  void everyKindOfTroubleIsInIt() {
    Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
    List<ScheduledEvent> history = history(1);
    history.forEach(scheduled -> fates.merge(scheduled.event().fate(), 1, Integer::sum));

    assertThat(fates).containsKeys(Fate.ORDINARY, Fate.DUPLICATE, Fate.BROKEN);
    assertThat(history).anyMatch(scheduled -> scheduled.event().order() == null);
    assertThat(orders(history)).anyMatch(order -> order.customerId() == null);
    assertThat(orders(history)).anyMatch(order -> !order.isCompleted());
    assertThat(orders(history)).anyMatch(order -> Double.isNaN(order.unitPrice()));
    assertThat(history)
        .anyMatch(
            scheduled ->
                scheduled.event().order() != null
                    && scheduled.arrival() - scheduled.event().order().eventTime() > 3_600_000L);
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
        .map(scheduled -> scheduled.event().order())
        .filter(order -> order != null)
        .toList();
  }
}
