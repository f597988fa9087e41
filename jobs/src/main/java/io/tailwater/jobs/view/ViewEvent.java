// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import org.jspecify.annotations.Nullable;

/**
 * An event on its way to a view's windows: what they need of it, and what a dead letter would need.
 *
 * @param input the index of the view's input that it is of
 * @param key whom it is about
 * @param time event time in milliseconds since the epoch
 * @param id the canonical bytes of the event id in its source
 * @param columns the values of the view's log, of their types' Java classes, or null
 * @param position where it stands in its source
 * @param rawKey the Kafka record's key, or null
 * @param rawValue the original bytes
 * @param history whether it comes from the history that a stream begins with
 */
public record ViewEvent(
    int input,
    EntityKey key,
    long time,
    byte[] id,
    @Nullable Object[] columns,
    String position,
    byte @Nullable [] rawKey,
    byte @Nullable [] rawValue,
    boolean history) {
  /** An event that does not come from history. */
  public ViewEvent(
      int input,
      EntityKey key,
      long time,
      byte[] id,
      @Nullable Object[] columns,
      String position,
      byte @Nullable [] rawKey,
      byte @Nullable [] rawValue) {
    this(input, key, time, id, columns, position, rawKey, rawValue, false);
  }
}
