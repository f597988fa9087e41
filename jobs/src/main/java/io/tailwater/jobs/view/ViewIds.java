// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.aggregation.window.Event;

/**
 * The ids by which a view's log tells events apart. Sources number their events each by itself, so
 * those of a view of several sources get the number of theirs; a view that has always had one has
 * the ids as they are.
 */
final class ViewIds {
  private final byte[] numbers;
  private final boolean numbered;

  ViewIds(ViewVersion version) {
    this.numbers = version.numbersOfInputs();
    this.numbered = version.numbered();
  }

  /** The event as the log has it. */
  Event inLog(ViewEvent event) {
    return new Event(event.time(), of(event), event.columns());
  }

  private byte[] of(ViewEvent event) {
    byte[] id = event.id();
    if (!numbered) {
      return id;
    }
    byte[] prefixed = new byte[id.length + 1];
    prefixed[0] = numbers[event.input()];
    System.arraycopy(id, 0, prefixed, 1, id.length);
    return prefixed;
  }
}
