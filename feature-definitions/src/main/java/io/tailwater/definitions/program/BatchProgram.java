// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.program;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.BatchFeatureView;
import io.tailwater.definitions.model.ColumnFeature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch view compiled: the step from a row of its query to a stored vector.
 *
 * <p>None of it fails because of data. Compilation takes a second or two the first time in a
 * process. Not thread-safe and not serializable: an operator compiles its own when it opens.
 */
public final class BatchProgram {
  private final int columns;
  private final FeatureVector vector;

  private BatchProgram(BatchFeatureView view, FeatureNulls nulls) {
    List<String> names = view.columns().stream().map(ColumnFeature::name).toList();
    this.columns = names.size();
    this.vector = new FeatureVector(view, names::indexOf, nulls);
  }

  /**
   * Compiles the view.
   *
   * @param nulls hears of every value that became null because it could not be computed or is not
   *     finite
   * @throws io.tailwater.definitions.expression.ExpressionException or {@link
   *     IllegalArgumentException} for a view that no loader has checked
   */
  public static BatchProgram compile(BatchFeatureView view, FeatureNulls nulls) {
    return new BatchProgram(
        requireNonNull(view, "view is null"), requireNonNull(nulls, "nulls is null"));
  }

  /**
   * The vector.
   *
   * @param row the values of {@link BatchFeatureView#columns()}, in its order, of their types' Java
   *     classes; a floating-point number may be anything: what is not finite becomes null, and −0.0
   *     becomes 0.0
   * @return the view's {@linkplain BatchFeatureView#storedFeatures() stored features}, in its
   *     order: columns with their defaults, and expressions over the features before them, with
   *     theirs
   */
  public @Nullable Object[] features(@Nullable Object[] row) {
    if (row.length != columns) {
      throw new IllegalArgumentException("%d values for %d columns".formatted(row.length, columns));
    }
    @Nullable Object[] values = new @Nullable Object[columns];
    for (int i = 0; i < columns; i++) {
      Object value = row[i];
      values[i] = finite(value);
      if (value != null && values[i] == null) {
        vector.overflowed(i);
      }
    }
    return vector.of(values);
  }

  private static @Nullable Object finite(@Nullable Object value) {
    if (value instanceof Double number) {
      return Double.isFinite(number) ? (Object) (number + 0.0) : null;
    }
    if (value instanceof Float number) {
      return Float.isFinite(number) ? (Object) (number + 0.0f) : null;
    }
    return value;
  }
}
