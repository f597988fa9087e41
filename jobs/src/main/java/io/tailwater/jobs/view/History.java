// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import java.io.Serializable;
import java.util.Map;
import java.util.Set;

/**
 * What the windows of a stream that begins with history have to know of it. They emit nothing
 * before the first watermark, with which history has been read.
 *
 * @param wholeUpTo of each view by its name the instant up to which its offline table is whole: all
 *     rows up to there, of all events of history, are in it. {@link Long#MIN_VALUE}, or nothing,
 *     for a table that is empty
 * @param known the names of the views that have vectors in the online store already: of these, none
 *     is emitted that is not fully known
 * @param overlapping the names of the sources whose topics hold events again that are in history
 */
public record History(Map<String, Long> wholeUpTo, Set<String> known, Set<String> overlapping)
    implements Serializable {
  public History {
    known = Set.copyOf(known);
    wholeUpTo = Map.copyOf(wholeUpTo);
    overlapping = Set.copyOf(overlapping);
  }

  long wholeUpTo(String view) {
    return wholeUpTo.getOrDefault(view, Long.MIN_VALUE);
  }
}
