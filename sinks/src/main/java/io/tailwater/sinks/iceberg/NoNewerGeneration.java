// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.util.OptionalLong;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotAncestryValidator;

/**
 * The fence of an offline table: refuses the commits of a stream once a newer one has taken the
 * table over. Iceberg asks again in each attempt to commit.
 *
 * @param table its name, for the message
 * @param generation of the stream that commits
 */
record NoNewerGeneration(String table, long generation) implements SnapshotAncestryValidator {
  /**
   * @throws SupersededException if a newer stream has the table
   */
  @Override
  public boolean validate(Iterable<Snapshot> newestFirst) {
    OptionalLong owner = SnapshotGeneration.newest(newestFirst);
    if (owner.isPresent() && owner.getAsLong() > generation) {
      throw new SupersededException(table, generation, owner.getAsLong());
    }
    return true;
  }
}
