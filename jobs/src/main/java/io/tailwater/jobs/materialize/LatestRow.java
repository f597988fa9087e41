// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.materialize;

import io.tailwater.stores.OfflineRow;
import org.apache.flink.api.common.functions.ReduceFunction;

/** Of an entity's rows the one with the latest event timestamp, and of those the latest created. */
final class LatestRow implements ReduceFunction<OfflineRow> {
  private static final long serialVersionUID = 1L;

  @Override
  public OfflineRow reduce(OfflineRow one, OfflineRow other) {
    int order = Long.compare(one.eventTimestamp(), other.eventTimestamp());
    if (order == 0) {
      order = Long.compare(one.createdTimestamp(), other.createdTimestamp());
    }
    return order < 0 ? other : one;
  }
}
