// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.jobs.source.SourceEvent;
import io.tailwater.jobs.source.SourceLocation;
import io.tailwater.jobs.source.SourceOptions;
import io.tailwater.jobs.source.SourceStreams;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Where a pipeline's events come from. */
@FunctionalInterface
public interface PipelineSources {
  /**
   * Attaches a source; its stream has watermarks. Called once for each source.
   *
   * @param group sources of one group wait for each other, so that they do not run far apart in
   *     event time
   */
  DataStream<SourceEvent> attach(StreamExecutionEnvironment env, EventSource source, String group);

  /**
   * Sources read from their locations.
   *
   * @param locations for each source, by name, where it is
   */
  static PipelineSources of(Map<String, SourceLocation> locations, SourceOptions options) {
    return (env, source, group) -> {
      SourceLocation location = locations.get(source.name());
      if (location == null) {
        throw new IllegalArgumentException(
            "source '%s': found no location, expected one of Kafka or a file"
                .formatted(source.name()));
      }
      return SourceStreams.attach(env, source, location, options, group);
    };
  }
}
