// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.cli.pipeline.RunningPipeline;
import io.tailwater.definitions.model.Project;
import io.tailwater.stores.redis.RedisOptions;
import org.apache.iceberg.flink.CatalogLoader;

/** The demo's job: the same that {@code tailwater stream} runs. */
final class DemoPipeline {
  private DemoPipeline() {}

  static RunningPipeline start(
      Project project, DemoServices services, RedisOptions redis, CatalogLoader catalog) {
    throw new UnsupportedOperationException("jobs.topology");
  }
}
