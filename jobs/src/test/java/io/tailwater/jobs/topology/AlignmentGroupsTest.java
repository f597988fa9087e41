// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.model.EventSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlignmentGroupsTest {
  private final AlignmentGroups groups = AlignmentGroups.of(List.of());

  @Test
  void aSourceOnItsOwnIsItsOwnGroup() {
    assertThat(groups.of(source("orders"))).isEqualTo("orders");
  }

  @Test
  void sourcesThatShareAViewDirectlyOrNotAreOneGroup() {
    groups.join(List.of(source("tickets"), source("orders")));
    groups.join(List.of(source("visits"), source("carts")));
    groups.join(List.of(source("tickets"), source("visits")));

    assertThat(List.of("tickets", "orders", "visits", "carts"))
        .allSatisfy(name -> assertThat(groups.of(source(name))).isEqualTo("carts"));
    assertThat(groups.of(source("payments"))).isEqualTo("payments");
  }

  private static EventSource source(String name) {
    EventSource orders = Shop.project("none").sources().get(0);
    return new EventSource(
        name,
        orders.avroSchema(),
        orders.fields(),
        orders.eventTime(),
        orders.eventId(),
        orders.columns(),
        orders.watermark(),
        orders.kafka());
  }
}
