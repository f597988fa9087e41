// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.sinks.iceberg.OfflineTableReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.JobExecutionResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Invoice lines through the job into real stores: what stands there is what {@code RANGE BETWEEN
 * INTERVAL … PRECEDING AND CURRENT ROW} means, to the bit, at every event and every expiry.
 */
class RetailITCase {
  private static final int PREFIX = 50_000;

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
      RetailChecks.accounting(file, result.getAllAccumulatorResults());
      RetailChecks.deadLetters(file, deployment);
      checkStores(job, reporter);
      checkInSql(file, job, deployment);
    }
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
