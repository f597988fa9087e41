// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.init;

import io.tailwater.aggregation.ValueType;
import java.util.List;

/**
 * A field of a source to be.
 *
 * @param name as the file or the schema has it
 * @param type its type
 * @param nullable whether it may be null
 * @param unique whether no value was seen twice; false where nothing was seen
 * @param timeFormats the patterns that fit all its texts, if it is an event time; as a STRING
 * @param disorderMillis of instants, how far one came behind the newest before it
 */
record DraftField(
    String name,
    ValueType type,
    boolean nullable,
    boolean unique,
    List<String> timeFormats,
    long disorderMillis) {
  DraftField {
    timeFormats = List.copyOf(timeFormats);
  }
}
