// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.pipeline;

import io.tailwater.jobs.accounting.ViewAccounting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A streaming job that runs in this process. Thread-safe. */
public interface RunningPipeline extends AutoCloseable {
  /** What each view has made of each of its sources' events. */
  List<ViewAccounting> accounting();

  /** All counts of the job so far by their names; final once it has finished. */
  Map<String, Object> counts();

  /**
   * How many events there are at most in each of the sources of a bounded run, as far as that is
   * known; by default it is not.
   */
  default Map<String, Long> eventCounts() {
    return Map.of();
  }

  /** What the job is doing, in a word: {@code RUNNING}, {@code RESTARTING}, {@code FINISHED}. */
  String status();

  /**
   * Whether the job has come to the end of its input.
   *
   * @throws io.tailwater.cli.console.CommandException if it failed, with the reason
   */
  boolean isFinished();

  /**
   * Takes a checkpoint and returns when it is complete. When a second one is, both stores have
   * committed what the first one holds.
   *
   * @throws io.tailwater.cli.console.CommandException if the job fails it
   */
  void checkpoint();

  /** Ends the job. */
  @Override
  void close();

  /** How many records have been read, those of each source once. */
  default long read() {
    Map<String, Long> bySource = new HashMap<>();
    accounting().forEach(view -> bySource.merge(view.source(), view.read(), Math::min));
    return bySource.values().stream().mapToLong(Long::longValue).sum();
  }
}
