// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical;

import java.util.List;
import java.util.Set;

/**
 * What is known of a training set before it is made.
 *
 * @param zoneless how many labels' instants named no zone
 * @param incomplete the features that are not fully known at each label's instant
 * @param unknownViews the views whose tables had nothing at the instant of {@code --as-known-at}
 */
record SummaryFrame(
    long zoneless, List<RetrievalSummary.Incomplete> incomplete, Set<String> unknownViews) {
  SummaryFrame {
    incomplete = List.copyOf(incomplete);
    unknownViews = Set.copyOf(unknownViews);
  }
}
