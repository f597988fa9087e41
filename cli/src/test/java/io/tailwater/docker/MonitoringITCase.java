// SPDX-License-Identifier: Apache-2.0
package io.tailwater.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.docker.PromQuery.Selector;
import io.tailwater.embedded.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that the dashboard shows and the alerts look at is told by a stream that runs and by a
 * server that answers, under that name and with those labels.
 */
class MonitoringITCase {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Of Prometheus itself. */
  private static final Set<String> OWN_METRICS = Set.of("up");

  @Test
  void everyQueryFindsItsMetricsAndLabels(@TempDir Path folder) throws Exception {
    Map<String, PromQuery> queries = DockerFolder.queries();
    assertThat(queries).hasSizeGreaterThan(30);
    try (MonitoredDeployment deployment = new MonitoredDeployment(folder)) {
      // What is told of checkpoints and of vectors that were found comes a moment later.
      Await.until(
          PATIENCE,
          () -> "nothing is found by " + String.join("\n", missing(queries, deployment)),
          () -> missing(queries, deployment).isEmpty());
    }
  }

  private static List<String> missing(
      Map<String, PromQuery> queries, MonitoredDeployment deployment) {
    List<Sample> samples = deployment.scrape();
    List<String> missing = new ArrayList<>();
    queries.forEach(
        (name, query) -> {
          for (Selector selector : query.selectors()) {
            if (!OWN_METRICS.contains(selector.name())
                && samples.stream().noneMatch(selector::takes)) {
              missing.add("%s: %s".formatted(name, selector));
            }
          }
          for (String label : query.labels()) {
            if (samples.stream()
                .filter(sample -> query.selectors().stream().anyMatch(each -> each.takes(sample)))
                .noneMatch(sample -> sample.labels().containsKey(label))) {
              missing.add("%s: label %s".formatted(name, label));
            }
          }
        });
    return missing;
  }
}
