// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import java.util.List;

/** Entrants of one state backend who run in turn, and what is compared of them. */
record Heat(List<Entrant> entrants, List<Comparison> comparisons) {
  Heat {
    entrants = List.copyOf(entrants);
    comparisons = List.copyOf(comparisons);
  }

  String backend() {
    return entrants.get(0).backend();
  }
}
