// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.embedded.Await;
import io.tailwater.embedded.EmbeddedFlink;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.JobID;

/** Checkpoints at a test's own instant. */
public final class Checkpoints {
  private Checkpoints() {}

  /**
   * Completes a checkpoint and returns where it is. A job whose sources already read may still have
   * tasks that are being deployed, and refuses until they run.
   */
  public static String complete(EmbeddedFlink flink, JobID job) {
    AtomicReference<Object> last = new AtomicReference<>("nothing was tried");
    AtomicReference<String> path = new AtomicReference<>();
    Await.until(
        () -> "no checkpoint: " + last.get(),
        () -> {
          path.set(
              flink
                  .cluster()
                  .triggerCheckpoint(job)
                  .exceptionally(
                      refused -> {
                        last.set(refused);
                        return null;
                      })
                  .join());
          return path.get() != null;
        });
    return path.get();
  }
}
