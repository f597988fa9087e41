// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import static io.tailwater.jobs.view.EvolvedViews.count;
import static io.tailwater.jobs.view.EvolvedViews.last;
import static io.tailwater.jobs.view.EvolvedViews.of;
import static io.tailwater.jobs.view.EvolvedViews.orders;
import static io.tailwater.jobs.view.EvolvedViews.ordersAllowing;
import static io.tailwater.jobs.view.EvolvedViews.renamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.Window;
import io.tailwater.definitions.model.Entity;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.Metadata;
import io.tailwater.definitions.model.ViewInput;
import io.tailwater.jobs.accounting.Verdict;
import io.tailwater.jobs.view.WindowsHarness.Setup;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** Definitions that a savepoint cannot go on with, and events that come too late for new ones. */
class RefusedEvolutionTest {
  private static final Window LIFETIME = new Window.Lifetime();
  private static final Feature COUNT = count("count", "orders", last(20));
  private static final Feature SUM = of("sum", AggregateFunction.SUM, "amount", LIFETIME);

  @Test
  void otherJoinKeysAreRefused() throws Exception {
    Entity other = new Entity("customer", List.of(new JoinKey("customer", ValueType.INT64)), "");
    FeatureView renamed =
        new FeatureView(
            "spend", other, orders(COUNT).inputs(), List.of(COUNT), null, Metadata.NONE);

    assertThatThrownBy(() -> restore(orders(COUNT), renamed))
        .hasMessageContaining("view 'spend': the join keys are")
        .hasMessageContaining("another view, with another name");
  }

  @Test
  void anotherEventIdIsRefused() throws Exception {
    FeatureView other =
        EvolvedViews.view(
            List.of(
                new ViewInput(
                    EvolvedViews.source("orders", "at", 50), List.of("customer_id"), null)),
            COUNT);

    assertThatThrownBy(() -> restore(orders(COUNT), other))
        .hasMessageContaining("view 'spend': source 'orders' has event_id [at]")
        .hasMessageContaining("start without the savepoint and with --history");
  }

  @Test
  void aNewNameForAnotherValueIsRefused() throws Exception {
    Feature another = renamed("orders_30", count("count", "orders", last(30)));

    assertThatThrownBy(() -> restore(orders(COUNT), orders(another)))
        .hasMessageContaining("view 'spend': feature 'orders_30' was 'count', and is another value")
        .hasMessageContaining("one change at a time");
  }

  @Test
  void moreOfALifetimeThanWasKeptIsRefused() throws Exception {
    Feature deviation = of("stddev", AggregateFunction.STDDEV_POP, "amount", LIFETIME);

    assertThatThrownBy(() -> restore(orders(COUNT, SUM), orders(COUNT, SUM, deviation)))
        .hasMessageContaining("view 'spend': features [sum], over a lifetime, are in the state")
        .hasMessageContaining("a view of its own");
  }

  @Test
  void aChangeBeforeHistoryHasBeenReadIsRefused() throws Exception {
    WindowSettings loading =
        Setup.settings(7, WindowSettings.UNBOUNDED)
            .withHistory(new History(Map.of("spend", 100L), Set.of(), Set.of()));
    OperatorSubtaskState state;
    try (WindowsHarness windows = Setup.of(orders(COUNT)).withSettings(loading).start()) {
      state = windows.checkpoint();
    }

    assertThatThrownBy(() -> Setup.of(orders(SUM)).withSettings(loading).restore(state).close())
        .hasMessageContaining("whose stream had not read its history");
  }

  @Test
  void eventsThatWereTooLateStayTooLateWhenMoreLatenessIsAllowed() throws Exception {
    OperatorSubtaskState state;
    try (WindowsHarness windows = Setup.of(ordersAllowing(50, COUNT)).start()) {
      state = offer(windows, 1_000, "a").watermark(1_000).checkpoint();
    }

    try (WindowsHarness windows = Setup.of(ordersAllowing(200, COUNT)).restore(state)) {
      offer(windows, 949, "b");
      offer(windows, 950, "c");
      offer(windows, 1_000, "a");
      windows.watermark(1_100);
      offer(windows, 949, "d");
      offer(windows, 950, "c");
      offer(windows, 951, "e");

      assertThat(windows.count(Verdict.TOO_LATE)).isEqualTo(2);
      assertThat(windows.count(Verdict.DUPLICATE)).isEqualTo(2);
      assertThat(windows.count(Verdict.APPLIED)).isEqualTo(3);
    }
  }

  private static WindowsHarness offer(WindowsHarness windows, long time, String id)
      throws Exception {
    return windows.event(1, time, id, 1.0);
  }

  private static void restore(FeatureView before, FeatureView after) throws Exception {
    OperatorSubtaskState state;
    try (WindowsHarness windows = Setup.of(before).start()) {
      state = windows.checkpoint();
    }
    Setup.of(after).restore(state).close();
  }
}
