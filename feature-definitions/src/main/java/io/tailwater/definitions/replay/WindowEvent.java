// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.replay;

import static java.util.Objects.requireNonNull;

/**
 * An event that an aggregate takes, with the time that it spends in the window. All instants are in
 * milliseconds since the epoch.
 *
 * @param event the event; of several with one id and time the one that counts
 * @param enters the first instant at which it is in the window
 * @param leaves the first instant at which it is not any more; {@link Long#MAX_VALUE} if it stays
 */
public record WindowEvent(ReplayEvent event, long enters, long leaves) {
  public WindowEvent {
    requireNonNull(event, "event is null");
  }

  /** Whether it is in the window at an instant. */
  public boolean isIn(long instant) {
    return enters <= instant && instant < leaves;
  }
}
