// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.KafkaTopic;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The way into a job: sources as streams of decoded events with watermarks. */
public final class SourceStreams {
  /** Files: a watermark whenever it advances, so that a file gives the same run every time. */
  private static final long AT_EVERY_ADVANCE = 0;

  /**
   * Files: other tasks, even without a file, would hold the watermark until they start and end, and
   * what is late would depend on that.
   */
  private static final int ONE_READER = 1;

  private SourceStreams() {}

  /**
   * Attaches a source to a job; it waits for no other source. See {@link #attach(
   * StreamExecutionEnvironment, EventSource, SourceLocation, SourceOptions, String)}.
   */
  public static SingleOutputStreamOperator<SourceEvent> attach(
      StreamExecutionEnvironment env,
      EventSource source,
      SourceLocation location,
      SourceOptions options) {
    return attach(env, source, location, options, source.name());
  }

  /**
   * Attaches a source to a job.
   *
   * <p>A file's stream has parallelism 1, whatever the environment's: what follows up to the first
   * key-by should have the stream's own parallelism, to keep the file's order.
   *
   * <p>The stream's events are in their partitions' order and carry their event time as Flink's
   * timestamp, refused ones none. Watermarks follow {@link EventSource#watermark()}; only a bounded
   * source ends with {@code Watermark.MAX}. The operators' uids are {@code source-<name>} and
   * {@code progress-<name>}.
   *
   * @param group the sources of one group wait for each other as {@link SourceOptions#alignment()}
   *     says; a file waits for nobody
   * @throws IllegalArgumentException if the source cannot be read there: it has no topic, the
   *     file's columns are not the schema's
   * @throws UncheckedIOException if a file cannot be read
   */
  public static SingleOutputStreamOperator<SourceEvent> attach(
      StreamExecutionEnvironment env,
      EventSource source,
      SourceLocation location,
      SourceOptions options,
      String group) {
    requireNonNull(env, "env is null");
    requireNonNull(source, "source is null");
    requireNonNull(options, "options is null");
    if (location instanceof KafkaLocation kafka) {
      SingleOutputStreamOperator<SourceElement> elements =
          env.fromSource(
                  kafkaSource(source, kafka, options),
                  PaceGenerator.strategy(source, options, group),
                  "source " + source.name(),
                  new SourceElementTypeInfo(source))
              .setParallelism(env.getParallelism());
      return events(source, elements, options, env.getConfig().getAutoWatermarkInterval());
    }
    SingleOutputStreamOperator<SourceElement> elements =
        env.fromSource(
                fileSource(source, (FileLocation) location),
                WatermarkStrategy.noWatermarks(),
                "source " + source.name(),
                new SourceElementTypeInfo(source))
            .setParallelism(ONE_READER);
    return events(source, elements, options, AT_EVERY_ADVANCE);
  }

  private static SingleOutputStreamOperator<SourceEvent> events(
      EventSource source,
      SingleOutputStreamOperator<SourceElement> elements,
      SourceOptions options,
      long watermarkInterval) {
    String name = source.name();
    return elements
        .uid("source-" + name)
        .transform(
            "progress " + name,
            new SourceEventTypeInfo(source),
            new ProgressOperatorFactory(source.watermark(), options.clock(), watermarkInterval))
        .uid("progress-" + name)
        .setParallelism(elements.getParallelism());
  }

  private static Source<SourceElement, ?, ?> kafkaSource(
      EventSource source, KafkaLocation location, SourceOptions options) {
    KafkaTopic topic = source.kafka();
    if (topic == null) {
      throw new IllegalArgumentException(
          "source '%s' has no kafka block: only a file can feed it".formatted(source.name()));
    }
    return new KafkaEventSource(source, topic, location, options);
  }

  private static Source<SourceElement, ?, ?> fileSource(EventSource source, FileLocation location) {
    try {
      EventFiles files = EventFiles.of(location);
      files.check(source);
      return new FileEventSource(source, location, files);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "source '%s': cannot read file '%s'".formatted(source.name(), location.path()), e);
    }
  }
}
