// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.replay;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A decoded event of a source.
 *
 * @param source the source's name
 * @param row the values of the source's fields in the schema's order, of their types' Java classes;
 *     not to be changed
 * @param time the event's, in milliseconds since the epoch
 * @param id the canonical bytes of the event id
 * @param position where it stands, for people: a file and a line, a topic and an offset
 */
public record ReplayEvent(
    String source, @Nullable Object[] row, long time, byte[] id, String position) {
  public ReplayEvent {
    requireNonNull(source, "source is null");
    requireNonNull(row, "row is null");
    requireNonNull(id, "id is null");
    requireNonNull(position, "position is null");
  }
}
