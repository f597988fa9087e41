// SPDX-License-Identifier: Apache-2.0
package io.tailwater.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.docker.PromQuery.LabelMatcher;
import io.tailwater.docker.PromQuery.Selector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromQueryTest {
  @Test
  void findsMetricsWithTheirLabelsAndNoFunctions() {
    PromQuery query =
        PromQuery.of(
            "histogram_quantile(0.99, sum by (le, view) (rate(seconds_bucket{view=~\"$view\","
                + " status!=\"a{b}c\"}[$__rate_interval]))) > on (view) group_left () 1e6 * up and"
                + " absent(down)");

    assertThat(query.selectors())
        .containsExactly(
            new Selector(
                "seconds_bucket",
                List.of(
                    new LabelMatcher("view", "=~", ".*"),
                    new LabelMatcher("status", "!=", "a{b}c"))),
            new Selector("up", List.of()),
            new Selector("down", List.of()));
    assertThat(query.labels()).containsExactlyInAnyOrder("le", "view");
  }

  @Test
  void selectsAsPrometheusDoes() {
    List<Sample> samples =
        Sample.parse(
            """
            # HELP lag of a source
            lag{operator="Source: a",view="x",} 5.0
            lag{operator="b"} NaN 1700000000000
            up 1
            """);

    assertThat(samples).hasSize(3);
    assertThat(samples.get(0))
        .isEqualTo(new Sample("lag", Map.of("operator", "Source: a", "view", "x"), 5));
    assertThat(samples.stream().filter(PromQuery.of("lag{view=\"\"}").selectors().get(0)::takes))
        .containsExactly(samples.get(1));
    assertThat(
            samples.stream()
                .filter(PromQuery.of("lag{operator=~\"Source.*\"}").selectors().get(0)::takes))
        .containsExactly(samples.get(0));
    assertThat(samples.stream().filter(PromQuery.of("lag{view!~\"x|\"}").selectors().get(0)::takes))
        .isEmpty();
  }
}
