// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks;

import io.tailwater.sinks.types.OfflineRowTypeInfo;
import io.tailwater.stores.OfflineRow;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Jobs of the strictness that ours run with: no Kryo, every operator with a uid. */
public final class TestJobs {
  public static final int PARALLELISM = 2;

  private TestJobs() {}

  public static StreamExecutionEnvironment environment(Path checkpoints) {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
    configuration.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(1));
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    environment.setParallelism(PARALLELISM);
    return environment;
  }

  /** {@code count} rows, at most {@code perCheckpoint} of them between two checkpoints. */
  public static DataStream<OfflineRow> rows(
      StreamExecutionEnvironment environment,
      OfflineRowTypeInfo type,
      long count,
      int perCheckpoint,
      GeneratorFunction<Long, OfflineRow> generator) {
    DataGeneratorSource<OfflineRow> source =
        new DataGeneratorSource<>(
            generator, count, RateLimiterStrategy.perCheckpoint(perCheckpoint), type);
    WatermarkStrategy<OfflineRow> watermarks =
        WatermarkStrategy.<OfflineRow>forMonotonousTimestamps()
            .withTimestampAssigner((row, timestamp) -> row.eventTimestamp());
    return environment.fromSource(source, watermarks, "rows", type).uid("rows");
  }

  public static DataStream<Long> numbers(
      StreamExecutionEnvironment environment, long count, int perCheckpoint) {
    DataGeneratorSource<Long> source =
        new DataGeneratorSource<>(
            number -> number, count, RateLimiterStrategy.perCheckpoint(perCheckpoint), Types.LONG);
    return environment
        .fromSource(source, WatermarkStrategy.noWatermarks(), "numbers", Types.LONG)
        .uid("numbers");
  }
}
