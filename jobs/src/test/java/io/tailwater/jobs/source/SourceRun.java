// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.embedded.Await;
import io.tailwater.embedded.EmbeddedFlink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.jspecify.annotations.Nullable;

/** A job that records what a source brings; its last operator is one task behind a network. */
final class SourceRun implements AutoCloseable {
  private static final long TIMEOUT_SECONDS = 60;

  private final JobClient client;
  private final Recording recording;

  private SourceRun(JobClient client, Recording recording) {
    this.client = client;
    this.recording = recording;
  }

  /** What a run is made of. */
  record Plan(
      String name,
      EventSource source,
      SourceLocation location,
      EventClock clock,
      int parallelism,
      @Nullable String savepoint) {}

  static SourceRun start(EmbeddedFlink flink, Plan plan) throws Exception {
    return start(flink, plan, Alignment.DEFAULT);
  }

  /** With further sources at the same place, which are of one group with the plan's own. */
  static SourceRun start(EmbeddedFlink flink, Plan plan, Alignment alignment, EventSource... others)
      throws Exception {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(20));
    if (plan.savepoint() != null) {
      settings.set(StateRecoveryOptions.SAVEPOINT_PATH, plan.savepoint());
    }
    StreamExecutionEnvironment env = flink.environment(settings);
    env.setParallelism(plan.parallelism());
    SourceOptions options =
        SourceOptions.defaults()
            .withClock(plan.clock())
            .withConfirmEvery(Duration.ofMillis(100))
            .withAlignment(alignment);
    DataStream<SourceEvent> events =
        SourceStreams.attach(env, plan.source(), plan.location(), options, plan.name()).rebalance();
    for (EventSource other : others) {
      events =
          events.union(
              SourceStreams.attach(env, other, plan.location(), options, plan.name()).rebalance());
    }
    events
        .transform(
            "recorder", new SourceEventTypeInfo(plan.source()), new RecordingOperator(plan.name()))
        .uid("recorder")
        .setParallelism(1)
        .sinkTo(new DiscardingSink<>())
        .uid("discard")
        .setParallelism(1);
    return new SourceRun(env.executeAsync(plan.name()), Recording.of(plan.name()));
  }

  Recording recording() {
    return recording;
  }

  void awaitEvents(int count) {
    Await.until(
        () -> "%d of %d events".formatted(recording.distinctEvents(), count),
        () -> recording.distinctEvents() >= count);
  }

  void awaitWatermark(long watermark) {
    Await.until(
        () -> "watermark %d, expected %d".formatted(recording.watermark(), watermark),
        () -> recording.watermark() == watermark);
  }

  void awaitEnd() throws Exception {
    client.getJobExecutionResult().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  String stopWithSavepoint(Path directory) throws Exception {
    return client
        .stopWithSavepoint(false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
        .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    if (!client.getJobStatus().join().isGloballyTerminalState()) {
      client.cancel().join();
    }
  }
}
