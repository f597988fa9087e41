// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.flink.TableLoader;
import org.jspecify.annotations.Nullable;

/**
 * Loads a table whose appends record a watermark, and the generation of the stream, in the summary
 * of their snapshot, and may be refused: by the validation that was given, or because a newer
 * stream has the table.
 *
 * <p>Iceberg's committer sets the same properties in all of its snapshots, those it was built with,
 * but makes each append with the table that this loader gave it. Not thread-safe: the committer's
 * thread sets the watermark and commits.
 */
final class WatermarkTableLoader implements TableLoader {
  private static final long serialVersionUID = 1;

  private final TableLoader tables;
  private final @Nullable NoRowsSince validation;
  private transient long watermark;
  private transient long generation;
  private transient @Nullable WatermarkTable table;

  /**
   * @param validation of each append; null for none
   */
  WatermarkTableLoader(TableLoader tables, @Nullable NoRowsSince validation) {
    this.tables = tables;
    this.validation = validation;
  }

  /** Sets what the next append records; {@link Watermarked#NONE} for nothing new. */
  void record(long newWatermark, long newGeneration) {
    watermark = newWatermark;
    generation = newGeneration;
  }

  /** Records the watermark in a snapshot without rows, unless a snapshot has recorded it. */
  void recordWatermark() {
    WatermarkTable loaded = requireNonNull(table, "no table was loaded");
    loaded.refresh();
    if (watermark > SnapshotWatermark.of(loaded).orElse(Watermarked.NONE)) {
      loaded.newRecord().commit();
    }
  }

  @Override
  public Table loadTable() {
    Table loaded = tables.loadTable();
    table = new WatermarkTable((HasTableOperations) loaded, loaded.name());
    return table;
  }

  @Override
  public void open() {
    watermark = Watermarked.NONE;
    generation = Watermarked.NONE;
    tables.open();
  }

  @Override
  public boolean isOpen() {
    return tables.isOpen();
  }

  @Override
  public TableLoader clone() {
    return new WatermarkTableLoader(tables.clone(), validation);
  }

  @Override
  public void close() throws IOException {
    tables.close();
  }

  private final class WatermarkTable extends BaseTable {
    private static final long serialVersionUID = 1;

    WatermarkTable(HasTableOperations table, String name) {
      super(table.operations(), name);
    }

    @Override
    public AppendFiles newAppend() {
      AppendFiles append = newRecord();
      return validation == null ? append : append.validateWith(validation);
    }

    /** An append that records the watermark, whatever rows it has. */
    private AppendFiles newRecord() {
      refresh();
      long recorded = Math.max(watermark, SnapshotWatermark.of(this).orElse(Watermarked.NONE));
      AppendFiles append = super.newAppend();
      if (recorded != Watermarked.NONE) {
        append.set(SnapshotWatermark.PROPERTY, Long.toString(recorded));
      }
      return generation == Watermarked.NONE
          ? append
          : append
              .set(SnapshotGeneration.PROPERTY, Long.toString(generation))
              .validateWith(new NoNewerGeneration(name(), generation));
    }
  }
}
