// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import java.io.Serializable;

/**
 * The instants of a backfill, in milliseconds, fixed before anything is written.
 *
 * @param from the first instant whose rows are written
 * @param end the last one: nothing passes it
 * @param lastOnline the last instant that an online vector may be as of: that of an event, so that
 *     a running stream, which has read that event too, is never behind
 */
record BackfillRange(long from, long end, long lastOnline) implements Serializable {
  boolean contains(long instant) {
    return from <= instant && instant <= end;
  }
}
