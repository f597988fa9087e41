// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical;

import java.util.Set;

/**
 * What is known of a training set before it is made.
 *
 * @param zoneless how many labels' instants named no zone
 * @param unknownViews the views whose tables had nothing at the instant of {@code --as-known-at}
 */
record SummaryFrame(long zoneless, Set<String> unknownViews) {
  SummaryFrame {
    unknownViews = Set.copyOf(unknownViews);
  }
}
