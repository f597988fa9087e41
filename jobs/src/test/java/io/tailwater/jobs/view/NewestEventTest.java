// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import static io.tailwater.jobs.view.EvolvedViews.count;
import static io.tailwater.jobs.view.EvolvedViews.last;
import static io.tailwater.jobs.view.EvolvedViews.orders;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.jobs.source.SourceEvent;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** What a savepoint says of the events that a view has read. */
class NewestEventTest {
  private static final long NOW = 1_000_000;
  private static final FeatureView VIEW = orders(count("orders_20", "orders", last(20)));

  @Test
  void isOfFilteredEventsTooButNotOfTheFuture() throws Exception {
    assertThat(newest()).hasValue(Long.MIN_VALUE);
    assertThat(newest(NOW - 500, NOW - 700)).hasValue(NOW - 500);
    assertThat(newest(NOW - 500, NOW + 1_000_000_000_000L)).hasValue(NOW - 500);
  }

  private static OptionalLong newest(long... times) throws Exception {
    OperatorSubtaskState state;
    try (OneInputStreamOperatorTestHarness<SourceEvent, ViewEvent> projector =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new ViewProjector(VIEW, 0, () -> NOW)))) {
      projector.open();
      for (long time : times) {
        projector.processElement(event(time), time);
      }
      state = projector.snapshot(1, 1);
    }
    OperatorState operator =
        new OperatorState(
            "projection",
            ViewStreams.projectionUid(VIEW.name(), "orders"),
            new OperatorID(1, 2),
            1,
            1);
    operator.putState(0, state);
    return NewestEvent.read(List.of(operator), List.of(VIEW.name()), "orders");
  }

  private static SourceEvent event(long time) {
    Object[] row = {7L, "id" + time, time, 1.0, "category"};
    return new SourceEvent(
        row, time, "id".getBytes(UTF_8), null, null, "orders/0/0", null, new byte[] {1});
  }
}
