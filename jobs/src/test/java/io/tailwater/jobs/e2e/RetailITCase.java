// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.jobs.accounting.Verdict;
import io.tailwater.jobs.accounting.ViewAccounting;
import io.tailwater.sinks.iceberg.OfflineTableReader;
import io.tailwater.stores.DeadLetter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobExecutionResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Invoice lines through the job into real stores: what stands there is what {@code RANGE BETWEEN
 * INTERVAL … PRECEDING AND CURRENT ROW} means, to the bit, at every event and every expiry.
 */
@Tag("full")
class RetailITCase {
  private static final int PREFIX = 100_000;

  @TempDir Path directory;

  @Test
  void storesHoldWhatTheWindowsMean(TestReporter reporter) throws Exception {
    run(RetailFile.prefix(directory, PREFIX), "hashmap", reporter);
  }

  @Test
  @Tag("full")
  void storesHoldWhatTheWindowsMeanOnTheWholeFile(TestReporter reporter) throws Exception {
    run(RetailFile.whole(directory), "rocksdb", reporter);
  }

  private void run(RetailFile file, String stateBackend, TestReporter reporter) throws Exception {
    try (EmbeddedRedis redis = EmbeddedRedis.create()) {
      Deployment deployment = new Deployment(redis, directory);
      RetailJob job = new RetailJob(file, deployment);
      JobExecutionResult result;
      try (EmbeddedFlink flink = EmbeddedFlink.create(RetailJob.PARALLELISM)) {
        result =
            job.define(flink, deployment.configuration(Duration.ofSeconds(2), stateBackend))
                .execute("retail");
      }
      reporter.publishEntry("job, milliseconds", String.valueOf(result.getNetRuntime()));
      checkAccounting(file, result.getAllAccumulatorResults());
      checkDeadLetters(file, deployment);
      checkStores(job, reporter);
      checkInSql(file, job, deployment);
    }
  }

  private static void checkAccounting(RetailFile file, Map<String, Object> accumulators) {
    long lines = file.lines().size();
    long without = file.lines().stream().filter(line -> line.customer() == null).count();
    assertThat(ViewAccounting.of(RetailJob.SOURCE, RetailJob.CUSTOMERS, accumulators))
        .isEqualTo(accounting(RetailJob.CUSTOMERS, lines, without))
        .matches(ViewAccounting::isBalanced);
    assertThat(ViewAccounting.of(RetailJob.SOURCE, RetailJob.PRODUCTS, accumulators))
        .isEqualTo(accounting(RetailJob.PRODUCTS, lines, 0))
        .matches(ViewAccounting::isBalanced);
  }

  private static ViewAccounting accounting(String view, long read, long malformed) {
    Map<Verdict, Long> counts = new HashMap<>();
    for (Verdict verdict : Verdict.values()) {
      counts.put(verdict, 0L);
    }
    counts.put(Verdict.MALFORMED, malformed);
    counts.put(Verdict.APPLIED, read - malformed);
    return new ViewAccounting(RetailJob.SOURCE, view, read, counts);
  }

  /** Every line without a customer, as it stands in the file, is one of the customer view. */
  private static void checkDeadLetters(RetailFile file, Deployment deployment) throws Exception {
    Map<String, String> byPosition = new HashMap<>();
    List<JsonNode> letters = DeadLetterFiles.read(deployment.deadLetters(), RetailJob.SOURCE);
    for (JsonNode letter : letters) {
      assertThat(letter.path("code").asText()).isEqualTo(DeadLetter.Code.MISSING_KEY.name());
      assertThat(letter.path("view").asText()).isEqualTo(RetailJob.CUSTOMERS);
      byPosition.put(letter.path("position").asText(), letter.path("value").asText());
    }
    Map<String, String> expected = new HashMap<>();
    for (RetailLine line : file.lines()) {
      if (line.customer() == null) {
        expected.put(file.path().getFileName() + ":" + line.number(), line.text());
      }
    }
    assertThat(expected).isNotEmpty();
    assertThat(letters).hasSize(expected.size());
    // As booleans: a failure would print both maps.
    assertThat(byPosition.equals(expected)).as("dead letters are the file's lines").isTrue();
  }

  private static void checkStores(RetailJob job, TestReporter reporter) throws Exception {
    reporter.publishEntry(RetailJob.CUSTOMERS, job.customers().check().toString());
    reporter.publishEntry(RetailJob.PRODUCTS, job.products().check().toString());
  }

  private static void checkInSql(RetailFile file, RetailJob job, Deployment deployment)
      throws Exception {
    try (DuckDb duckDb = new DuckDb(file)) {
      assertThat(duckDb.events()).isEqualTo(file.lines().size());
      assertThat(duckDb.inexact()).isZero();
      for (String name : List.of(RetailJob.CUSTOMERS, RetailJob.PRODUCTS)) {
        FeatureView view = job.view(name);
        try (OfflineTableReader table =
            OfflineTableReader.open(deployment.catalog(), job.project().name(), view)) {
          String key = view.entity().joinKeys().get(0).name();
          assertThat(duckDb.differences(key, table.snapshot().dataFiles()))
              .as("event instants of %s that differ in SQL", name)
              .isZero();
        }
      }
    }
  }
}
