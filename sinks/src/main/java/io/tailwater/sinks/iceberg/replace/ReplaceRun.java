// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import io.tailwater.sinks.iceberg.SnapshotCompleteness;
import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one run replaces; fixed before it starts, and the same in all of its attempts.
 *
 * @param id of the run, unique
 * @param snapshotId of the snapshot whose rows are replaced; null if the table had none
 * @param createdTimestamp of the rows that the run writes, in milliseconds
 * @param range the instants that are replaced
 * @param completeFrom of the rows that the run writes, see {@link SnapshotCompleteness}
 */
record ReplaceRun(
    String id,
    @Nullable Long snapshotId,
    long createdTimestamp,
    InstantRange range,
    Map<String, Long> completeFrom)
    implements Serializable {
  ReplaceRun {
    completeFrom = Map.copyOf(completeFrom);
  }
}
