// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.pipeline;

import io.tailwater.jobs.source.SourceLocation;
import io.tailwater.sinks.iceberg.IcebergCatalogs;
import io.tailwater.stores.DeadLetter;
import io.tailwater.stores.redis.RedisOptions;
import java.util.Map;
import java.util.function.Function;
import io.tailwater.definitions.model.EventSource;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.iceberg.flink.CatalogLoader;

/**
 * What a job in this process connects.
 *
 * @param locations where each source's events come from, by the source's name
 * @param redis the online store
 * @param catalog of the offline store, as of {@link IcebergCatalogs}
 * @param deadLetters where each source's dead letters go
 * @param endInstant that a bounded run ends at, in milliseconds; {@link
 *     io.tailwater.jobs.view.WindowSettings#UNBOUNDED} if there is none
 * @param parallelism of the job, at least 1
 * @param flink the job's configuration
 */
public record PipelineSettings(
    Map<String, SourceLocation> locations,
    RedisOptions redis,
    CatalogLoader catalog,
    Function<EventSource, Sink<DeadLetter>> deadLetters,
    long endInstant,
    int parallelism,
    Configuration flink) {
  public PipelineSettings {
    locations = Map.copyOf(locations);
  }
}
