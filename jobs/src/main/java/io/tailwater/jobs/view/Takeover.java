// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.definitions.model.FeatureView;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;

/**
 * Makes a view's offline table a new stream's, before the stream has a row for it, so that no row
 * of an older stream that still runs is created later than its own.
 */
@FunctionalInterface
public interface Takeover extends Serializable {
  /** For runs that share their tables with nobody. */
  Takeover NONE = (view, generation, completeFrom) -> {};

  /**
   * Takes the table over, unless it is this stream's, and tells it what is not fully known. Each
   * subtask does, at its first watermark and after a change of the definitions.
   *
   * @param generation the start time of the stream, in milliseconds
   * @param completeFrom of the features that will have rows before they are fully known the first
   *     instant, in milliseconds, at which they are; {@link Completeness#NEVER} among them
   */
  void take(FeatureView view, long generation, Map<String, Long> completeFrom) throws IOException;
}
