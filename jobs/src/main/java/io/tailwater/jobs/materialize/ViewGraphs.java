// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.materialize;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.BatchFeatureView;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.jobs.days.SortedRows;
import io.tailwater.jobs.topology.StoreSinks;
import io.tailwater.jobs.view.EntityKey;
import io.tailwater.jobs.view.EntityKeyTypeInfo;
import io.tailwater.sinks.types.OfflineRowTypeInfo;
import io.tailwater.sinks.types.OnlineVectorTypeInfo;
import io.tailwater.stores.DeadLetter;
import io.tailwater.stores.OfflineRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.types.Row;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a materialization's graph.
 *
 * <pre>
 * query ─ rows ─┬─ key by entity and time ─┬─ new rows ─ offline table
 *  offline table┘                          └─ rows that count ─ key by entity ─ latest ─ online
 *
 * offline table ─ key by entity ─ latest ─ online
 * </pre>
 */
final class ViewGraphs {
  private final StoreSinks sinks;
  private final long now;

  /**
   * @param now the created timestamp of new rows, in milliseconds
   */
  ViewGraphs(StoreSinks sinks, long now) {
    this.sinks = sinks;
    this.now = now;
  }

  /**
   * From a query to both stores.
   *
   * @param stored the rows that the table has in the range; null for none
   * @param snapshotId the snapshot of the table that has them; null if it is empty
   * @return the rows that cannot be stored
   */
  DataStream<DeadLetter> queryToStores(
      BatchFeatureView view,
      DataStream<Row> query,
      @Nullable DataStream<OfflineRow> stored,
      @Nullable Long snapshotId) {
    OfflineRowTypeInfo type = OfflineRowTypeInfo.of(view);
    OutputTag<DeadLetter> deadLetters =
        new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));
    OutputTag<OfflineRow> counting = new OutputTag<>("counting", type);
    SingleOutputStreamOperator<OfflineRow> queried =
        query
            .process(new QueryRows(view, deadLetters, now), type)
            .name("query rows " + view.name())
            .uid("query-rows-" + view.name());
    SingleOutputStreamOperator<OfflineRow> written =
        (stored == null ? queried : queried.union(stored))
            .keyBy(ViewGraphs::entityAndTime, new EntityKeyTypeInfo(entityAndTimeTypes(view)))
            .transform(
                "new rows " + view.name(),
                type,
                new NewRows(
                    view.name(),
                    type.createSerializer(query.getExecutionConfig().getSerializerConfig()),
                    counting,
                    now))
            .uid("new-rows-" + view.name());
    sinks.storeNewRows(view, SortedRows.byDay(written, view), snapshotId);
    latestToOnline(view, written.getSideOutput(counting), null);
    return queried.getSideOutput(deadLetters);
  }

  /** From an offline table to the online store. */
  void tableToOnline(StoredView view, DataStream<OfflineRow> rows, @Nullable Long knownUntil) {
    latestToOnline(
        view,
        rows.map(new ReadRows(view.name()))
            .returns(rows.getType())
            .name("read rows " + view.name())
            .uid("read-rows-" + view.name()),
        knownUntil);
  }

  private void latestToOnline(
      StoredView view, DataStream<OfflineRow> rows, @Nullable Long knownUntil) {
    sinks.storeOnline(
        view,
        rows.keyBy(
                (OfflineRow row) -> new EntityKey(row.key()), new EntityKeyTypeInfo(keyTypes(view)))
            .reduce(new LatestRow())
            .name("latest rows " + view.name())
            .uid("latest-rows-" + view.name())
            .map(new CurrentVectors(view.name(), knownUntil))
            .returns(OnlineVectorTypeInfo.of(view))
            .name("vectors " + view.name())
            .uid("vectors-" + view.name()));
  }

  private static EntityKey entityAndTime(OfflineRow row) {
    Object[] key = Arrays.copyOf(row.key(), row.key().length + 1);
    key[row.key().length] = row.eventTimestamp();
    return new EntityKey(key);
  }

  private static List<ValueType> entityAndTimeTypes(StoredView view) {
    List<ValueType> types = new ArrayList<>(keyTypes(view));
    types.add(ValueType.TIMESTAMP);
    return types;
  }

  private static List<ValueType> keyTypes(StoredView view) {
    return view.entity().joinKeys().stream().map(JoinKey::type).toList();
  }
}
