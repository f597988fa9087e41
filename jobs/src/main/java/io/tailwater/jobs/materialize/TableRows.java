// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.materialize;

import io.tailwater.aggregation.Window;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.sinks.iceberg.OfflineRowSource;
import io.tailwater.sinks.iceberg.OfflineScan;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.redis.MaterializedPosition;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a view's offline table that a materialization reads.
 *
 * @param table open
 */
record TableRows(StreamExecutionEnvironment env, StoredView view, OfflineRowSource table) {

  /**
   * The rows of a range; null if there are none.
   *
   * @param from the first event timestamp, in milliseconds; null for no bound
   */
  @Nullable DataStream<OfflineRow> between(@Nullable Long from, long to) {
    return rows(OfflineScan.between(from == null ? Long.MIN_VALUE : from, to), "");
  }

  /**
   * The rows that an earlier run has not seen: those that came since, and those that were behind
   * its end. Where the table cannot tell what came since, all. Null if there are none.
   */
  @Nullable DataStream<OfflineRow> since(MaterializedPosition before, long to) {
    Long since = before.snapshot();
    Long now = table.snapshot();
    if (since == null || now == null || !table.knowsWhatCameAfter(since)) {
      return between(null, to);
    }
    DataStream<OfflineRow> later =
        before.end() < to ? rows(OfflineScan.between(before.end() + 1, to), "-later") : null;
    if (since.equals(now)) {
      return later;
    }
    DataStream<OfflineRow> late = rows(OfflineScan.addedSince(since, before.end()), "-late");
    return later == null || late == null ? late : late.union(later);
  }

  private @Nullable DataStream<OfflineRow> rows(OfflineScan scan, String part) {
    return table.snapshot() == null
        ? null
        : table.attach(env, scan, "stored-rows-" + view.name() + part);
  }

  /**
   * The instant up to which the table says when a row steps by itself, in milliseconds; null if
   * rows of this view never do.
   *
   * @param end of the rows that are read
   */
  @Nullable Long knownUntil(long end) {
    boolean steps =
        view.features().stream()
            .anyMatch(
                feature ->
                    feature instanceof AggregateFeature aggregate
                        && !(aggregate.window() instanceof Window.Lifetime));
    return steps ? (Long) Math.min(end, table.watermark().orElse(Long.MIN_VALUE)) : null;
  }
}
