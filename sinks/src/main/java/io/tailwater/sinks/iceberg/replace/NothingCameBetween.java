// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import io.tailwater.sinks.iceberg.SnapshotCompleteness;
import io.tailwater.sinks.iceberg.SnapshotWatermark;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotAncestryValidator;

/**
 * Refuses a plan where, between the snapshot that it was made for and the commit, the run itself
 * was committed by another attempt, another one has replaced rows of its range, a later watermark
 * was recorded than the plan records, or other features are complete. Iceberg itself finds that a
 * file to be removed is gone.
 */
record NothingCameBetween(ReplacePlan plan, ReplaceRun run) implements SnapshotAncestryValidator {

  @Override
  public boolean validate(Iterable<Snapshot> newestFirst) {
    for (Snapshot snapshot : newestFirst) {
      if (plan.snapshotId() != null && snapshot.snapshotId() == plan.snapshotId()) {
        return true;
      }
      InstantRange replaced = RunSummary.range(snapshot);
      if (RunSummary.isOf(run, snapshot)
          || (replaced != null && replaced.overlaps(run.range()))
          || snapshot.summary().containsKey(SnapshotCompleteness.PROPERTY)
          || recordsLater(snapshot)) {
        return false;
      }
    }
    return true;
  }

  private boolean recordsLater(Snapshot snapshot) {
    String watermark = snapshot.summary().get(SnapshotWatermark.PROPERTY);
    return watermark != null
        && (plan.watermark().isEmpty() || Long.parseLong(watermark) > plan.watermark().getAsLong());
  }

  @Override
  public String errorMessage() {
    return "the plan is out of date";
  }
}
