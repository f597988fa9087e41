// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.StoredView;
import io.tailwater.stores.OfflineRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.flink.TableLoader;
import org.apache.iceberg.flink.sink.IcebergSink;
import org.jspecify.annotations.Nullable;

/**
 * Writes a view's rows into its offline table, exactly once: rows appear with the checkpoint that
 * they belong to, in one commit, whose summary has the watermark as {@code tailwater.watermark}. A
 * checkpoint without rows commits nothing; the watermark at the end of the input is always
 * recorded.
 *
 * <p>Immutable; {@code with…} methods return changed copies.
 */
public final class IcebergOfflineSink {
  /** With row groups of 8 MB: about 70 MB at most in each writer. */
  private static final int DEFAULT_MAX_OPEN_DAYS = 8;

  private final CatalogLoader catalog;
  private final String project;
  private final StoredView view;
  private final int maxOpenDays;
  private final @Nullable Integer parallelism;
  private final @Nullable Long endInstant;
  private final long generation;
  private final @Nullable NoRowsSince validation;

  private IcebergOfflineSink(
      CatalogLoader catalog,
      String project,
      StoredView view,
      int maxOpenDays,
      @Nullable Integer parallelism,
      @Nullable Long endInstant,
      long generation,
      @Nullable NoRowsSince validation) {
    this.catalog = catalog;
    this.project = project;
    this.view = view;
    this.maxOpenDays = maxOpenDays;
    this.parallelism = parallelism;
    this.endInstant = endInstant;
    this.generation = generation;
    this.validation = validation;
  }

  /** The sink of {@code view}'s rows into the catalog's table {@code <project>.<view>}. */
  public static IcebergOfflineSink of(CatalogLoader catalog, String project, StoredView view) {
    requireNonNull(catalog, "catalog is null");
    requireNonNull(project, "project is null");
    requireNonNull(view, "view is null");
    return new IcebergOfflineSink(
        catalog, project, view, DEFAULT_MAX_OPEN_DAYS, null, null, Watermarked.NONE, null);
  }

  /** With {@code parallelism} writers; by default as many as the input has. */
  public IcebergOfflineSink withParallelism(int newParallelism) {
    return new IcebergOfflineSink(
        catalog, project, view, maxOpenDays, newParallelism, endInstant, generation, validation);
  }

  /**
   * With files of up to {@code days} days open in each writer, 8 by default. More cost memory: up
   * to the table's row group each, and 0.5 MB from the start. With fewer, more rows wait in memory.
   *
   * @throws IllegalArgumentException if {@code days} is below 1
   */
  public IcebergOfflineSink withMaxOpenDays(int days) {
    if (days < 1) {
      throw new IllegalArgumentException("max open days must be at least 1: %d".formatted(days));
    }
    return new IcebergOfflineSink(
        catalog, project, view, days, parallelism, endInstant, generation, validation);
  }

  /**
   * With the instant, in milliseconds, that a bounded run ends at: the watermark to record when the
   * input has ended. By default the last watermark before the end counts.
   */
  public IcebergOfflineSink withEndInstant(long newEndInstant) {
    return new IcebergOfflineSink(
        catalog, project, view, maxOpenDays, parallelism, newEndInstant, generation, validation);
  }

  /**
   * With the rows of a stream: once a newer one has {@linkplain OfflineTakeover taken} the table
   * over, they are dropped.
   *
   * @param newGeneration the start time of the stream in milliseconds, if it starts without state:
   *     a restored one keeps the one that it had
   */
  public IcebergOfflineSink withGeneration(long newGeneration) {
    return new IcebergOfflineSink(
        catalog, project, view, maxOpenDays, parallelism, endInstant, newGeneration, validation);
  }

  /**
   * With rows that are new by comparison with a snapshot of the table: if others have come or gone
   * since, nothing is appended, and the job fails with a {@link RowsChangedException}.
   *
   * @param snapshotId as {@link OfflineRowSource#snapshot} says; null if the table was empty
   */
  public IcebergOfflineSink withNoRowsSince(@Nullable Long snapshotId) {
    return new IcebergOfflineSink(
        catalog,
        project,
        view,
        maxOpenDays,
        parallelism,
        endInstant,
        generation,
        new NoRowsSince(OfflineTables.identifier(project, view.name()).toString(), snapshotId));
  }

  /**
   * Attaches the sink. Creates the table if it is missing, or changes it to the view's definition,
   * at once, so that a wrong catalog or schema stops the program before the job starts.
   *
   * @param uid unique in the job and the same in all its versions: the operators' uids begin with
   *     it
   * @throws SchemaMismatchException if the table that is there cannot be changed to the view's
   *     definition
   */
  public DataStreamSink<?> attach(DataStream<OfflineRow> rows, String uid) {
    requireNonNull(uid, "uid is null");
    Table table = createOrEvolve();
    OfflineSinkOptions<OfflineRow> options =
        new OfflineSinkOptions<>(
            table,
            RowDataConverter.of(view, table.schema()),
            maxOpenDays,
            endInstant == null ? Watermarked.NONE : endInstant,
            generation,
            validation);
    IcebergSink.Builder builder =
        OfflineRowStream.sinkOf(
            rows,
            options,
            TableLoader.fromCatalog(catalog, OfflineTables.identifier(project, view.name())),
            uid);
    if (parallelism != null) {
      builder.writeParallelism(parallelism);
    }
    return builder.append();
  }

  private Table createOrEvolve() {
    try (OpenCatalog open = OpenCatalog.of(catalog)) {
      return SerializableTable.copyOf(OfflineTables.createOrEvolve(open.catalog(), project, view));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close the catalog", e);
    }
  }
}
