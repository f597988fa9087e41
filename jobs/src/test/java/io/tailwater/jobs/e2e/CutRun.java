// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.fail;

import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.jobs.source.Await;
import io.tailwater.jobs.source.Checkpoints;
import io.tailwater.stores.OnlineVector;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

/** A stream over copies of a {@link CutLog}. */
final class CutRun implements AutoCloseable {
  private static final long TIMEOUT_SECONDS = 60;

  private final CutSetup setup;
  private final EmbeddedFlink flink;
  private final JobClient client;

  CutRun(CutSetup setup, EmbeddedFlink flink, JobClient client) {
    this.setup = setup;
    this.flink = flink;
    this.client = client;
  }

  /** Completes checkpoints, so that everything so far is in the tables. */
  void commit() {
    // What one checkpoint holds is committed when the next one is complete.
    for (int i = 0; i < 2; i++) {
      Checkpoints.complete(flink, client.getJobID());
    }
  }

  /** Tries until it succeeds: Flink refuses before all tasks run, and while a source ends. */
  String stopWithSavepoint(Path folder) throws Exception {
    AtomicReference<Object> last = new AtomicReference<>("nothing was tried");
    AtomicReference<String> path = new AtomicReference<>();
    Await.until(
        () -> "no savepoint: " + last.get(),
        () -> {
          try {
            path.set(
                client
                    .stopWithSavepoint(
                        false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
          } catch (ExecutionException e) {
            last.set(e);
            requireRunning();
          }
          return path.get() != null;
        });
    return requireNonNull(path.get());
  }

  /** Fails with the job's own failure if it has ended. */
  void requireRunning() throws Exception {
    if (client.getJobStatus().get().isTerminalState()) {
      client.getJobExecutionResult().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      fail("the job has ended");
    }
  }

  /** Waits for the watermark of a copy behind the first lines of the log. */
  void awaitLines(int index, int count) throws Exception {
    long watermark = setup.log().watermark(count);
    if (watermark == Long.MIN_VALUE) {
      return;
    }
    Await.until(
        () ->
            "view %d: watermark %s, expected %d"
                .formatted(index, setup.reader().watermark(setup.layout(index)), watermark),
        () -> {
          requireRunning();
          return setup.reader().watermark(setup.layout(index)).orElse(Long.MIN_VALUE) >= watermark;
        });
  }

  /** Waits until so many lines of a copy are dead letters. */
  void awaitRefused(int index, int count) throws Exception {
    Await.until(
        () -> "view %d: not %d lines are refused".formatted(index, count),
        () -> {
          requireRunning();
          return setup.refused(index) >= count;
        });
  }

  /** Waits until this stream, the newest, has read the log and published every vector. */
  void awaitEnd() throws Exception {
    long[] generation = {Long.MIN_VALUE};
    int lines = setup.log().size();
    for (int i = 0; i < setup.copies(); i++) {
      int index = i;
      int customers = setup.log().truth(setup.view(i), lines).size();
      awaitLines(i, lines);
      Await.until(
          () -> "view %d: %s".formatted(index, setup.online(index)),
          () -> {
            requireRunning();
            Map<Long, OnlineVector> vectors = setup.online(index);
            vectors.values().forEach(v -> generation[0] = Math.max(generation[0], v.generation()));
            return vectors.size() == customers
                && vectors.values().stream().allMatch(v -> v.generation() == generation[0]);
          });
    }
  }

  /** Begins to cancel the job. */
  void cancel() {
    client.cancel().join();
  }

  @Override
  public void close() {
    if (!client.getJobStatus().join().isGloballyTerminalState()) {
      client.cancel().join();
      Await.until(
          () -> "the job goes on", () -> client.getJobStatus().join().isGloballyTerminalState());
    }
  }
}
