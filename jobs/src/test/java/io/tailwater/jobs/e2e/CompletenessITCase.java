// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.model.FeatureReference;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedKafka;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.jobs.historical.HistoricalRetrieval;
import io.tailwater.jobs.historical.RetrievalSummary;
import io.tailwater.jobs.topology.BackfillInputs;
import io.tailwater.jobs.topology.BackfillOptions;
import io.tailwater.jobs.topology.PipelineConfiguration;
import io.tailwater.jobs.topology.StreamJob;
import io.tailwater.jobs.topology.StreamStart;
import io.tailwater.stores.OnlineVector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stream of a topic whose beginning is gone. The newest of the first few events that are left in
 * a partition is of 11:30, and events may be a second out of order.
 */
class CompletenessITCase {
  private static final CutLog LOG = CutLog.SMALL;
  private static final int LINES = 8;
  private static final String COUNT = "2026-03-01T12:30:01Z";
  private static final String TWO_HOURS = "2026-03-01T13:30:01Z";
  private static final String SUM = "2026-03-02T11:30:01Z";

  @TempDir private Path directory;

  @Test
  void isInTheLogInVectorsAndInTheTableUntilABackfillKnowsMore() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.create();
        EmbeddedRedis redis = EmbeddedRedis.create();
        EmbeddedFlink flink = EmbeddedFlink.create(2);
        CutSetup setup = new CutSetup(flink, kafka, redis, directory, "complete", LOG, 1)) {
      setup.send(0, 0, LINES);
      setup.flush();
      setup.delete(0, Map.of(0, 2L, 1, 1L));
      try (LoggedLines log = LoggedLines.of(StreamJob.class);
          CutRun run = setup.start(StreamStart.DEFAULT, null)) {
        run.awaitLines(0, LINES);
        run.commit();
        assertThat(log.lines())
            .containsExactlyInAnyOrder(
                "View 'spend_0', feature 'count_1h': complete from " + COUNT,
                "View 'spend_0', feature 'sum_1d': complete from " + SUM,
                "View 'spend_0', feature 'max_2h': complete from " + TWO_HOURS,
                "View 'spend_0', feature 'sum_the_hour_before': complete from " + TWO_HOURS);
      }
      assertThat(setup.online(0).values())
          .extracting(OnlineVector::completeFrom)
          .containsOnly(instants(COUNT, SUM, TWO_HOURS, TWO_HOURS));

      assertThat(incomplete(flink, setup))
          .containsExactlyInAnyOrder(
              "count_1h from %s: 1".formatted(COUNT),
              "sum_1d from %s: 3".formatted(SUM),
              "max_2h from %s: 2".formatted(TWO_HOURS),
              "sum_the_hour_before from %s: 2".formatted(TWO_HOURS));
      setup.backfill();
      assertThat(incomplete(flink, setup)).as("the archive begins where Kafka did").hasSize(4);
      BackfillInputs all = BackfillInputs.ofFiles(Map.of("orders_0", file()));
      setup.backfill(all, BackfillOptions.ALL);
      assertThat(incomplete(flink, setup))
          .as("after the newest event the stream may go on with less")
          .containsExactly("sum_1d from %s: 3".formatted(SUM));
      long to = Instant.parse(SUM).toEpochMilli();
      setup.backfill(all, new BackfillOptions(List.of(), null, to, false));
      assertThat(incomplete(flink, setup)).isEmpty();
    }
  }

  /** The features that labels come before, and how many. */
  private Set<String> incomplete(EmbeddedFlink flink, CutSetup setup) throws Exception {
    Path labels =
        Files.writeString(
            directory.resolve("labels.csv"),
            """
            customer_id,event_timestamp
            1,2026-03-01T12:30:00.999Z
            1,2026-03-01T12:30:01Z
            2,2026-03-02T11:30:00Z
            2,2026-03-02T11:30:01Z
            """);
    StreamExecutionEnvironment env = flink.environment(PipelineConfiguration.pipelinedBatch());
    RetrievalSummary summary =
        HistoricalRetrieval.builder(setup.project(), setup.deployment().settings())
            .labels(labels.toString())
            .features(List.of(new FeatureReference("spend_0", "*")))
            .output(directory.resolve("training.csv").toString())
            .build()
            .run(env);
    return summary.incomplete().stream()
        .map(
            feature ->
                "%s from %s: %d"
                    .formatted(
                        feature.feature(),
                        Instant.ofEpochMilli(feature.completeFrom()),
                        feature.labels()))
        .collect(Collectors.toSet());
  }

  /** All that there ever was. */
  private Path file() throws Exception {
    Path file = directory.resolve("orders.jsonl");
    StringBuilder text = new StringBuilder();
    for (CutLog.Line line : LOG.lines()) {
      text.append(line.text()).append('\n');
    }
    return Files.writeString(file, text);
  }

  private static long[] instants(String... instants) {
    return List.of(instants).stream()
        .mapToLong(instant -> Instant.parse(instant).toEpochMilli())
        .toArray();
  }
}
