// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import static io.tailwater.jobs.view.EvolvedViews.both;
import static io.tailwater.jobs.view.EvolvedViews.count;
import static io.tailwater.jobs.view.EvolvedViews.last;
import static io.tailwater.jobs.view.EvolvedViews.of;
import static io.tailwater.jobs.view.EvolvedViews.ofWhere;
import static io.tailwater.jobs.view.EvolvedViews.ordersAndCarts;
import static io.tailwater.jobs.view.EvolvedViews.ordersWhere;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.definitions.model.Feature;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ViewVersionBytesTest {
  private static final List<Feature> FEATURES =
      List.of(
          count("count", "orders", last(20)),
          ofWhere("sum", AggregateFunction.SUM, "amount", "category = 'ä'", last(30)));

  @Test
  void readsWhatItWrites() throws Exception {
    ViewVersion first =
        ViewEvolution.first(ordersWhere("amount > 1", both(FEATURES)), Map.of("orders", 7L));
    ViewVersion second =
        new ViewEvolution(
                first,
                ordersAndCarts(
                    both(
                        FEATURES,
                        count("carts", "carts", last(20)),
                        of("mode", AggregateFunction.MODE, "category", last(5)))),
                500,
                400,
                Map.of("carts", 450L))
            .after();

    assertThat(ViewVersionBytes.read(ViewVersionBytes.write(first))).isEqualTo(first);
    assertThat(ViewVersionBytes.read(ViewVersionBytes.write(second))).isEqualTo(second);
    assertThat(second.freshFrom()).isNotEmpty();
  }

  @Test
  void refusesAnotherFormat() throws Exception {
    byte[] bytes =
        ViewVersionBytes.write(
            ViewEvolution.first(ordersWhere("amount > 1", both(FEATURES)), Map.of()));
    bytes[0] = 9;

    assertThatThrownBy(() -> ViewVersionBytes.read(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("format 9", "reads format 1");
  }
}
