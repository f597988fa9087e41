// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import io.tailwater.embedded.Await;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.jobs.source.Checkpoints;
import io.tailwater.jobs.source.Savepoints;
import io.tailwater.stores.OnlineVector;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.core.execution.JobClient;

/** A stream over copies of a {@link CutLog}. */
final class CutRun implements AutoCloseable {

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

  String stopWithSavepoint(Path folder) throws Exception {
    return Savepoints.stop(client, folder);
  }

  /** Fails with the job's own failure if it has ended. */
  void requireRunning() throws Exception {
    Savepoints.requireRunning(client);
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
