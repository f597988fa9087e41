// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

/** What a change needs beside the deployment of the new definitions. */
public enum Need {
  /**
   * The stream has to begin with history instead of going on from its savepoint, for values that
   * are exact at once: or one waits.
   */
  HISTORY,
  /** A backfill of the offline table, for rows of before the change that are right, too. */
  BACKFILL,
  /** The next materialization of a batch view, which writes the values. */
  MATERIALIZE
}
