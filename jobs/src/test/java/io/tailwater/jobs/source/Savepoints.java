// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.fail;

import io.tailwater.embedded.Await;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

/** The savepoints of a test's jobs. */
public final class Savepoints {
  private static final long TIMEOUT_SECONDS = 60;

  private Savepoints() {}

  /**
   * Stops a job with a savepoint. Tries until it succeeds: Flink refuses before all tasks run, and
   * while a source ends.
   *
   * @return where it is
   */
  public static String stop(JobClient client, Path folder) throws Exception {
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
            requireRunning(client);
          }
          return path.get() != null;
        });
    return requireNonNull(path.get());
  }

  /** Fails with the job's own failure if it has ended. */
  public static void requireRunning(JobClient client) throws Exception {
    if (client.getJobStatus().get().isTerminalState()) {
      client.getJobExecutionResult().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      fail("the job has ended");
    }
  }
}
