// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.EventSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** The way into a job: sources as streams of decoded events with watermarks. */
public final class SourceStreams {
  /** Files: a watermark whenever it advances, so that a file gives the same run every time. */
  private static final long AT_EVERY_ADVANCE = 0;

  /**
   * Files: other tasks, even without a file, would hold the watermark until they start and end, and
   * what is late would depend on that.
   */
  private static final int ONE_READER = 1;

  /** Before the uids of what reads history. */
  private static final String HISTORY = "history-";

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
   * {@code progress-<name>}, of an archive {@code decode-<name>}; after history there is {@code
   * seam-<name>}, and what reads history has {@code history-} before its uids.
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
      return kafka(env, source, kafka, options, group);
    }
    if (location instanceof HistoryLocation history) {
      return history(env, source, history, options, group);
    }
    if (location instanceof KafkaRangeLocation range) {
      return kafkaRange(env, source, range, options);
    }
    if (location instanceof ArchiveLocation archive) {
      return archive(env, source, archive, "");
    }
    return events(
        source, file(env, source, (FileLocation) location, ""), options, AT_EVERY_ADVANCE, null);
  }

  /** History and topic side by side: see {@link SeamOperator}. */
  private static SingleOutputStreamOperator<SourceEvent> history(
      StreamExecutionEnvironment env,
      EventSource source,
      HistoryLocation location,
      SourceOptions options,
      String group) {
    String name = source.name();
    SingleOutputStreamOperator<SourceEvent> history =
        location.history() instanceof ArchiveLocation archive
            ? archive(env, source, archive, HISTORY)
            : file(env, source, (FileLocation) location.history(), HISTORY)
                .uid(HISTORY + "source-" + name)
                .transform(
                    HISTORY + "times " + name, new SourceEventTypeInfo(source), new TimedEvents())
                .uid(HISTORY + "times-" + name)
                .setParallelism(ONE_READER);
    SingleOutputStreamOperator<SourceEvent> topic =
        kafka(env, source, location.kafka(), options, group);
    return history
        .connect(topic)
        .transform("seam " + name, new SourceEventTypeInfo(source), new SeamOperator())
        .uid("seam-" + name)
        .setParallelism(topic.getParallelism());
  }

  private static SingleOutputStreamOperator<SourceElement> file(
      StreamExecutionEnvironment env, EventSource source, FileLocation location, String prefix) {
    return env.fromSource(
            fileSource(source, location),
            WatermarkStrategy.noWatermarks(),
            prefix + "source " + source.name(),
            new SourceElementTypeInfo(source))
        .setParallelism(ONE_READER);
  }

  private static SingleOutputStreamOperator<SourceEvent> kafka(
      StreamExecutionEnvironment env,
      EventSource source,
      KafkaLocation location,
      SourceOptions options,
      String group) {
    SingleOutputStreamOperator<SourceElement> elements =
        env.fromSource(
                new KafkaEventSource(
                    source, location, options, KafkaSources.build(source, location)),
                PaceGenerator.strategy(source, options, group),
                "source " + source.name(),
                new SourceElementTypeInfo(source))
            .setParallelism(env.getParallelism());
    return events(
        source, elements, options, env.getConfig().getAutoWatermarkInterval(), location.seam());
  }

  private static SingleOutputStreamOperator<SourceEvent> kafkaRange(
      StreamExecutionEnvironment env,
      EventSource source,
      KafkaRangeLocation range,
      SourceOptions options) {
    String name = source.name();
    return env.fromSource(
            new KafkaEventSource(source, range.kafka(), options, KafkaSources.build(source, range)),
            WatermarkStrategy.noWatermarks(),
            "source " + name,
            new SourceElementTypeInfo(source))
        .uid("source-" + name)
        .transform("times " + name, new SourceEventTypeInfo(source), new TimedEvents())
        .uid("times-" + name);
  }

  private static SingleOutputStreamOperator<SourceEvent> archive(
      StreamExecutionEnvironment env, EventSource source, ArchiveLocation archive, String prefix) {
    String name = source.name();
    return env.fromSource(
            archive.events(),
            WatermarkStrategy.noWatermarks(),
            prefix + "source " + name,
            archive.rows().type())
        .uid(prefix + "source-" + name)
        .transform(
            prefix + "decode " + name,
            new SourceEventTypeInfo(source),
            new ArchiveDecoder(source, archive.rows()))
        .uid(prefix + "decode-" + name);
  }

  private static SingleOutputStreamOperator<SourceEvent> events(
      EventSource source,
      SingleOutputStreamOperator<SourceElement> elements,
      SourceOptions options,
      long watermarkInterval,
      KafkaLocation.@Nullable Seam seam) {
    String name = source.name();
    return elements
        .uid("source-" + name)
        .transform(
            "progress " + name,
            new SourceEventTypeInfo(source),
            new ProgressOperatorFactory(
                source.watermark(), options.clock(), watermarkInterval, seam))
        .uid("progress-" + name)
        .setParallelism(elements.getParallelism());
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
