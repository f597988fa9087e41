// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tailwater.aggregation.Window;
import io.tailwater.definitions.model.Aggregate;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Metadata;
import io.tailwater.definitions.model.ViewInput;
import io.tailwater.definitions.model.WatermarkPolicy;
import io.tailwater.jobs.accounting.Verdict;
import io.tailwater.stores.DeadLetter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The windows of a view whose orders may be 100 ms late and whose carts may be 5 ms late. */
class TwoSourceWindowsTest {
  private static final int ORDERS = 0;
  private static final int CARTS = 1;
  private static final long WINDOW = 1_000;
  private static final FeatureView VIEW = view();

  private WindowsHarness windows;

  @BeforeEach
  void start() throws Exception {
    windows = WindowsHarness.Setup.of(VIEW).start();
  }

  @AfterEach
  void stop() throws Exception {
    windows.close();
  }

  @Test
  void judgesLatenessByTheAllowanceOfEachSource() throws Exception {
    windows.watermark(10_000);

    event(CARTS, 9_995, "a");
    event(CARTS, 9_994, "b");
    event(ORDERS, 9_994, "c");
    event(ORDERS, 9_900, "d");
    event(ORDERS, 9_899, "e");

    assertThat(windows.deadLetters())
        .extracting(DeadLetter::source, DeadLetter::code, DeadLetter::eventTime)
        .containsExactly(
            tuple("carts", DeadLetter.Code.TOO_LATE.name(), 9_994L),
            tuple("orders", DeadLetter.Code.TOO_LATE.name(), 9_899L));
    assertThat(windows.lastOnline().values()).containsExactly(2L, 1L);
  }

  @Test
  void countsVerdictsBySource() throws Exception {
    event(ORDERS, 10_000, "a");
    event(ORDERS, 10_000, "a");
    event(CARTS, 10_000, "b");
    windows.watermark(20_000);
    event(CARTS, 10_000, "c");
    windows = windows.restarted();

    assertThat(count("orders", Verdict.APPLIED)).isEqualTo(1);
    assertThat(count("orders", Verdict.DUPLICATE)).isEqualTo(1);
    assertThat(count("orders", Verdict.TOO_LATE)).isZero();
    assertThat(count("carts", Verdict.APPLIED)).isEqualTo(1);
    assertThat(count("carts", Verdict.DUPLICATE)).isZero();
    assertThat(count("carts", Verdict.TOO_LATE)).isEqualTo(1);
  }

  @Test
  void writesOneRowForEventsOfBothSourcesAtOneInstant() throws Exception {
    event(ORDERS, 10_000, "a");
    event(CARTS, 10_000, "b");
    windows.watermark(10_000);

    assertThat(windows.offline()).hasSize(1);
    assertThat(windows.offline().get(0).values()).containsExactly(1L, 1L);
  }

  private long count(String source, Verdict verdict) {
    return windows.count(source, verdict);
  }

  private void event(int input, long time, String id) throws Exception {
    Object[] columns = {input == ORDERS ? true : null, input == CARTS ? true : null};
    windows.event(
        new ViewEvent(
            input,
            WindowsHarness.key(1),
            time,
            id.getBytes(UTF_8),
            columns,
            "topic/0/0",
            null,
            new byte[] {1}));
  }

  private static FeatureView view() {
    FeatureView orders = TestViews.spend(100);
    return new FeatureView(
        "activity",
        orders.entity(),
        List.of(
            orders.inputs().get(0),
            new ViewInput(carts(orders.source()), List.of("customer_id"), null)),
        List.of(
            new AggregateFeature("orders", "orders", Aggregate.countAll(), Window.sliding(WINDOW)),
            new AggregateFeature("carts", "carts", Aggregate.countAll(), Window.sliding(WINDOW))),
        null,
        Metadata.NONE);
  }

  private static EventSource carts(EventSource like) {
    return new EventSource(
        "carts",
        like.avroSchema(),
        like.fields(),
        like.eventTime(),
        like.eventId(),
        List.of(),
        new WatermarkPolicy(0, 1_000, 5, 1_000),
        null);
  }
}
