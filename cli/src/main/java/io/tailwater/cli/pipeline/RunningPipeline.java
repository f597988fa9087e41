// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.pipeline;

import io.tailwater.cli.report.ViewCounts;
import java.util.List;

/** A streaming job that runs in this process. Thread-safe. */
public interface RunningPipeline extends AutoCloseable {
  /** What each view has made of its source's events since the job started. */
  List<ViewCounts> counts();

  /**
   * Makes sure that the job still runs.
   *
   * @throws io.tailwater.cli.console.CommandException if it failed, with the reason
   */
  void requireRunning();

  /** Ends the job. */
  @Override
  void close();
}
