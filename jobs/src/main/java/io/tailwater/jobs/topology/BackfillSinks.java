// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.jobs.days.SortedRows;
import io.tailwater.jobs.view.Completeness;
import io.tailwater.sinks.iceberg.replace.OfflineReplacement;
import io.tailwater.stores.DeadLetter;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The real stores as a backfill writes them: the rows of its range, and online each entity's last
 * vector or nothing.
 *
 * <p>The windows give rows entity by entity, each with all its days, and the table's files are of a
 * day: so the rows are sorted by day, entity and time before they are written, on disk where they
 * do not fit into memory, and a writer has the file of one day open at a time. The rows of the
 * range that the table has are replaced.
 */
final class BackfillSinks implements PipelineSinks {
  private final StoreSinks stores;
  private final Map<String, OfflineReplacement> tables;
  private final Map<String, Long> knownFrom;
  private final BackfillRange range;
  private final boolean online;

  /**
   * @param tables what each view's table gets, by the view's name
   * @param knownFrom of each source by its name the instant from which on its events are known
   */
  BackfillSinks(
      StoreSinks stores,
      Map<String, OfflineReplacement> tables,
      Map<String, Long> knownFrom,
      BackfillRange range,
      boolean online) {
    this.stores = stores;
    this.tables = Map.copyOf(tables);
    this.knownFrom = Map.copyOf(knownFrom);
    this.range = range;
    this.online = online;
  }

  @Override
  public void online(FeatureView view, DataStream<OnlineVector> vectors) {
    if (!online) {
      return;
    }
    stores.online(
        view,
        vectors
            .transform(
                "last vectors " + view.name(),
                vectors.getType(),
                new LastVectors(range.lastOnline()))
            .uid("last-vectors-" + view.name()));
  }

  @Override
  public void offline(FeatureView view, DataStream<OfflineRow> rows) {
    BackfillRange written = range;
    requireNonNull(tables.get(view.name()), view.name())
        .attach(
            SortedRows.byDay(
                rows.filter(row -> written.contains(row.eventTimestamp()))
                    .name("range " + view.name())
                    .uid("range-" + view.name()),
                view),
            range.from(),
            range.end(),
            Completeness.incomplete(view, knownFrom, range.from()),
            "offline-" + view.name());
  }

  @Override
  public void deadLetters(EventSource source, DataStream<DeadLetter> deadLetters) {
    stores.deadLetters(source, deadLetters);
  }
}
