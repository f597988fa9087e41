// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.jobs.source.OrderedBytes;
import io.tailwater.stores.OfflineRow;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.java.functions.KeySelector;
import org.jspecify.annotations.Nullable;

/** The day and the entity of a view's rows. Not thread-safe: each task has a copy. */
final class DayKeySelector implements KeySelector<OfflineRow, DayKey> {
  private static final long serialVersionUID = 1L;
  private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);

  private final List<ValueType> types;
  private transient @Nullable OrderedBytes bytes;

  DayKeySelector(StoredView view) {
    this.types = view.entity().joinKeys().stream().map(JoinKey::type).toList();
  }

  @Override
  public DayKey getKey(OfflineRow row) {
    if (bytes == null) {
      bytes = new OrderedBytes();
    }
    bytes.reset();
    for (int i = 0; i < types.size(); i++) {
      bytes.appendCompact(row.key()[i], types.get(i));
    }
    // Tables have instants in microseconds, whose days are integers.
    return new DayKey((int) Math.floorDiv(row.eventTimestamp(), DAY_MS), bytes.toByteArray());
  }
}
