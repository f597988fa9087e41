// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.StoredView;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.iceberg.Table;
import org.apache.iceberg.flink.CatalogLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a view's offline table a new stream's, before the stream has a row for it. From then on the
 * commits of older streams are refused, so that of two rows of one instant none of an older stream
 * is created later. What older streams have written until then stays.
 */
public final class OfflineTakeover {
  private static final Logger LOG = LoggerFactory.getLogger(OfflineTakeover.class);

  private OfflineTakeover() {}

  /**
   * Takes the table over, unless it is this stream's or a newer one's. Of one that is this stream's
   * it records what is not fully known, as after a change of the definitions. Safe to call from
   * several processes at once.
   *
   * @param generation the start time of the stream, in milliseconds
   * @param completeFrom of the stream's features that will have rows before they are fully known
   *     the first instant, in milliseconds, at which they are
   * @throws org.apache.iceberg.exceptions.NoSuchTableException if there is no table
   */
  public static void take(
      CatalogLoader catalog,
      String project,
      StoredView view,
      long generation,
      Map<String, Long> completeFrom)
      throws IOException {
    requireNonNull(catalog, "catalog is null");
    try (OpenCatalog open = OpenCatalog.of(catalog)) {
      Table table = open.catalog().loadTable(OfflineTables.identifier(project, view.name()));
      OptionalLong owner = SnapshotGeneration.of(table);
      Map<String, Long> known = SnapshotCompleteness.of(table);
      Map<String, Long> after = SnapshotCompleteness.afterTakeover(known, completeFrom);
      if (owner.isEmpty() || owner.getAsLong() < generation) {
        commit(table, generation, after);
        LOG.info(
            "View '{}': the offline table belongs to the stream that started at {} now{}",
            view.name(),
            Instant.ofEpochMilli(generation),
            owner.isEmpty()
                ? ""
                : ", and no more to that of " + Instant.ofEpochMilli(owner.getAsLong()));
      } else if (owner.getAsLong() == generation && !after.equals(known)) {
        commit(table, generation, after);
      }
    }
  }

  private static void commit(Table table, long generation, Map<String, Long> completeFrom) {
    try {
      table
          .newAppend()
          .set(SnapshotGeneration.PROPERTY, Long.toString(generation))
          .set(SnapshotCompleteness.PROPERTY, SnapshotCompleteness.text(completeFrom))
          .validateWith(new NoNewerGeneration(table.name(), generation))
          .commit();
    } catch (SupersededException e) {
      LOG.warn("{}", e.getMessage());
    }
  }
}
