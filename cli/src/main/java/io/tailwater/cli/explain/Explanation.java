// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.explain;

import io.tailwater.definitions.replay.FeatureWindow;
import io.tailwater.definitions.replay.Question;
import io.tailwater.definitions.replay.WindowEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a value is what it is.
 *
 * @param question of what, whom and when
 * @param recomputed the value by the events that count
 * @param windows of the aggregates that it is made of
 * @param refused events that would be in a window, had the stream not refused them for their times
 * @param table what the offline tables have
 * @param online what Redis has
 */
record Explanation(
    Question question,
    @Nullable Object recomputed,
    List<FeatureWindow> windows,
    List<WindowEvent> refused,
    StoreAnswer table,
    StoreAnswer online) {
  /** Whether no store has another value where it should have this one. */
  boolean agrees() {
    return table.verdict() != Verdict.DIFFERS && online.verdict() != Verdict.DIFFERS;
  }
}
