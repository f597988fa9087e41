// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.cli.pipeline.RunningPipeline;
import io.tailwater.definitions.model.Project;
import io.tailwater.stores.redis.RedisOptions;
import java.time.Clock;
import org.apache.iceberg.flink.CatalogLoader;

/**
 * Where a demo plays: definitions, stores and the running job.
 *
 * @param bootstrap of Kafka
 */
record DemoStage(
    Project project,
    String bootstrap,
    RedisOptions redis,
    CatalogLoader catalog,
    RunningPipeline pipeline,
    Clock clock) {}
