// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.property;

import java.util.List;
import java.util.Map;

/**
 * A generated project of one view: its texts, and what they say in plain Java.
 *
 * @param yaml the definitions
 * @param schemas the Avro schemas by their file's name
 * @param sources of the view, its own first
 * @param where of the own source; null for all events
 */
record PlainView(
    String yaml,
    Map<String, String> schemas,
    List<PlainSource> sources,
    Term where,
    List<PlainFeature> features) {
  /** Whether an event counts, for any feature. */
  boolean accepts(int source, Object[] row) {
    return source > 0 || where == null || where.isTrue(row);
  }
}
