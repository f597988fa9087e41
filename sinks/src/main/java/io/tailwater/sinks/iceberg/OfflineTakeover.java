// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.StoredView;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.ValidationException;
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

  /** Others can come between as often as they commit once: other subtasks, a backfill. */
  private static final int MAX_ATTEMPTS = 100;

  private OfflineTakeover() {}

  /**
   * Takes the table over, unless it is this stream's or a newer one's. Of one that is this stream's
   * it records what is not fully known, as after a change of the definitions. Safe to call from
   * several processes at once: one of them makes a snapshot.
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
      for (int attempt = 0; !take(table, view, generation, completeFrom); attempt++) {
        if (attempt == MAX_ATTEMPTS) {
          throw new IOException(
              "The table %s has changed each of %d times while it was taken over"
                  .formatted(table.name(), MAX_ATTEMPTS));
        }
        table.refresh();
      }
    }
  }

  /** Whether that is settled; else others have come between, and it is to be decided again. */
  private static boolean take(
      Table table, StoredView view, long generation, Map<String, Long> completeFrom) {
    OptionalLong owner = SnapshotGeneration.of(table);
    if (owner.isPresent() && owner.getAsLong() > generation) {
      LOG.warn(
          "{}", new SupersededException(table.name(), generation, owner.getAsLong()).getMessage());
      return true;
    }
    boolean isNew = owner.isEmpty() || owner.getAsLong() < generation;
    Map<String, Long> known = SnapshotCompleteness.of(table);
    Map<String, Long> renamed = SnapshotCompleteness.renamed(known, view);
    Map<String, Long> after =
        isNew
            ? SnapshotCompleteness.afterTakeover(renamed, SnapshotWatermark.of(table), completeFrom)
            : SnapshotCompleteness.afterChange(renamed, completeFrom);
    if (!isNew && after.equals(known)) {
      return true;
    }
    try {
      table
          .newAppend()
          .set(SnapshotGeneration.PROPERTY, Long.toString(generation))
          .set(SnapshotCompleteness.PROPERTY, SnapshotCompleteness.text(after))
          .validateWith(NothingRecordedSince.on(table))
          .commit();
    } catch (ValidationException e) {
      LOG.debug("{} has changed meanwhile", table.name(), e);
      return false;
    }
    if (isNew) {
      LOG.info(
          "View '{}': the offline table belongs to the stream that started at {} now{}",
          view.name(),
          Instant.ofEpochMilli(generation),
          owner.isEmpty()
              ? ""
              : ", and no more to that of " + Instant.ofEpochMilli(owner.getAsLong()));
    }
    return true;
  }
}
