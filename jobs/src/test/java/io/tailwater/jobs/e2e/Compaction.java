// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.sinks.iceberg.TableCare;
import io.tailwater.sinks.iceberg.TableCareOptions;
import java.time.Clock;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.flink.CatalogLoader;

/** What {@code tailwater maintain} does to a table, where a test wants it done. */
final class Compaction {
  private Compaction() {}

  /** Compacts whatever two files or more of a day there are, which more than {@code files} are. */
  static void run(
      EmbeddedFlink flink,
      CatalogLoader catalog,
      String project,
      String table,
      TableCareOptions options,
      int files)
      throws Exception {
    TableCare care =
        new TableCare(
            catalog,
            () -> {
              StreamExecutionEnvironment env = flink.environment(TableCare.configuration());
              env.setParallelism(2);
              return env;
            },
            options.withMinFiles(2),
            Clock.systemUTC());
    assertThat(care.care(project, table).filesCompacted()).isGreaterThan(files);
  }
}
