// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.output;

import io.tailwater.definitions.model.Field;
import io.tailwater.jobs.historical.files.FlinkFiles;
import io.tailwater.jobs.historical.labels.BadLabelException;
import io.tailwater.jobs.historical.labels.LabelCursor;
import io.tailwater.jobs.historical.labels.Labels;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A training set that is being written, label by label. It is written beside its place under
 * another name, and gets its own when it is whole; what was there before is replaced. Not
 * thread-safe.
 */
public final class TrainingSet implements Closeable {
  private final String path;
  private final String part;
  private final Rows rows;
  private boolean finished;

  private TrainingSet(String path, String part, Rows rows) {
    this.path = path;
    this.part = part;
    this.rows = rows;
  }

  /** What writes the rows in a format. */
  interface Rows extends Closeable {
    void write(LabelCursor label, @Nullable Object[] features)
        throws IOException, BadLabelException;
  }

  /**
   * Begins a training set.
   *
   * @param path a path or URI that ends in {@code .csv} or {@code .parquet}
   * @param attempt makes the name of the unfinished file unique
   * @param needed the fields that the labels were opened with
   * @param features the columns behind the labels' own
   */
  public static TrainingSet create(
      String path, String attempt, Labels labels, List<Field> needed, List<FeatureColumn> features)
      throws IOException {
    Path target = new Path(path);
    String part =
        new Path(target.getParent(), ".%s.%s.part".formatted(target.getName(), attempt)).toString();
    Rows rows =
        isCsv(path)
            ? new CsvRows(FlinkFiles.create(part), labels, needed, features)
            : new ParquetRows(FlinkFiles.output(part), labels.schema(needed), features);
    return new TrainingSet(path, part, rows);
  }

  /**
   * Refuses a path that no training set can be written to.
   *
   * @throws IllegalArgumentException if it ends like no known format, or its folder is missing
   */
  public static void check(String path) throws IOException {
    String ending = path.toLowerCase(Locale.ROOT);
    if (!ending.endsWith(".csv") && !ending.endsWith(".parquet")) {
      throw new IllegalArgumentException(
          "output '%s': found no known ending, expected .csv or .parquet".formatted(path));
    }
    Path parent = new Path(path).getParent();
    if (parent != null && !parent.toString().isEmpty() && !FlinkFiles.isFolder(parent.toString())) {
      throw new IllegalArgumentException(
          "output '%s': found no folder %s, expected one that exists".formatted(path, parent));
    }
    if (FlinkFiles.isFolder(path)) {
      throw new IllegalArgumentException(
          "output '%s': found a folder, expected the path of a file".formatted(path));
    }
  }

  private static boolean isCsv(String path) {
    return path.toLowerCase(Locale.ROOT).endsWith(".csv");
  }

  /**
   * Adds a row.
   *
   * @param label the cursor at its label, opened for all columns
   * @param features one value a feature column, or null
   */
  public void write(LabelCursor label, @Nullable Object[] features)
      throws IOException, BadLabelException {
    rows.write(label, features);
  }

  /** There are no more rows: puts the training set in its place. */
  public void finish() throws IOException {
    rows.close();
    FlinkFiles.rename(part, path);
    finished = true;
  }

  /** Leaves nothing behind if the training set was not finished. */
  @Override
  public void close() throws IOException {
    if (finished) {
      return;
    }
    try {
      rows.close();
    } finally {
      FlinkFiles.delete(part);
    }
  }
}
