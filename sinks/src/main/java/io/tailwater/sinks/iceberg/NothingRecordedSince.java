// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.util.Objects;
import java.util.OptionalLong;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotAncestryValidator;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a commit if what it was decided by is not what the table's snapshots say by then: whose
 * the table is, and what is complete in it.
 *
 * @param owner the generation; empty if no stream has the table
 * @param completeness null if nothing was recorded
 */
record NothingRecordedSince(OptionalLong owner, @Nullable String completeness)
    implements SnapshotAncestryValidator {
  /** By what the table says now, as far as it is loaded. */
  static NothingRecordedSince on(Table table) {
    return new NothingRecordedSince(
        SnapshotGeneration.of(table), SnapshotCompleteness.recorded(table));
  }

  @Override
  public boolean validate(Iterable<Snapshot> newestFirst) {
    return owner.equals(SnapshotGeneration.newest(newestFirst))
        && Objects.equals(completeness, SnapshotCompleteness.recorded(newestFirst));
  }

  @Override
  public String errorMessage() {
    return "another stream has the table by now, or other features are complete";
  }
}
