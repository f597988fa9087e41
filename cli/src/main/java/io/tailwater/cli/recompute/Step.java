// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.recompute;

import org.jspecify.annotations.Nullable;

/**
 * An instant at which an entity's vector may change, and the vector from then on.
 *
 * @param event whether the entity has an event at this instant
 * @param changed whether some value's bits differ from those before
 */
public record Step(long instant, @Nullable Object[] values, boolean event, boolean changed) {
  /** Whether the offline table has a row at this instant. */
  public boolean isRow() {
    return event || changed;
  }
}
