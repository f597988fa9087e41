// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.program;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A feature view compiled: every step from a decoded event to a vector, except the windows
 * themselves.
 *
 * <pre>{@code
 * Object[] row = program.extend(event);          // fields, then columns
 * if (program.accepts(row)) {                    // where; judged before the key
 *   Object[] key = program.key(row);             // a null in it: no key
 *   Object[] logged = program.columns(row);      // what the windows of program.plan() take
 *   …
 *   Object[] vector = program.features(results); // of the plan's aggregates, in its order
 * }
 * }</pre>
 *
 * <p>None of it fails because of data. Compilation takes a second or two the first time in a
 * process. Not thread-safe and not serializable: an operator compiles its own when it opens.
 */
public final class ViewProgram {
  private final SourceColumns sourceColumns;
  private final @Nullable WatchedExpression where;
  private final EntityKey key;
  private final AggregationPlan plan;
  private final LogProjection projection;
  private final FeatureVector vector;

  private ViewProgram(FeatureView view, FeatureNulls nulls) {
    LogLayout layout = new LogLayout(view);
    this.sourceColumns = new SourceColumns(view, nulls);
    this.where = compileWhere(view, nulls);
    this.key = new EntityKey(view);
    this.plan = layout.plan();
    this.projection = new LogProjection(layout, view.source().row(), nulls);
    this.vector = new FeatureVector(view, layout, nulls);
  }

  /**
   * Compiles the view.
   *
   * @throws io.tailwater.definitions.expression.ExpressionException or {@link
   *     IllegalArgumentException} for a view that no loader has checked
   */
  public static ViewProgram compile(FeatureView view) {
    return compile(view, FeatureNulls.IGNORED);
  }

  /**
   * Compiles the view.
   *
   * @param nulls hears of every value that became null because it could not be computed
   * @throws io.tailwater.definitions.expression.ExpressionException or {@link
   *     IllegalArgumentException} for a view that no loader has checked
   */
  public static ViewProgram compile(FeatureView view, FeatureNulls nulls) {
    return new ViewProgram(
        requireNonNull(view, "view is null"), requireNonNull(nulls, "nulls is null"));
  }

  /** The {@link #plan} alone, without compiling anything. */
  public static AggregationPlan planOf(FeatureView view) {
    return new LogLayout(requireNonNull(view, "view is null")).plan();
  }

  /**
   * The row that the view's expressions see.
   *
   * @param fields the values of the source's fields, in order, of their types' Java classes
   * @return a new array: the fields, then the source's columns
   */
  public @Nullable Object[] extend(@Nullable Object[] fields) {
    return sourceColumns.extend(fields);
  }

  /**
   * Whether the view's {@code where} is true of the event; a null is not. Judged before the key: an
   * event without one may be filtered, which is no fault of it.
   *
   * @param row as of {@link #extend}
   */
  public boolean accepts(@Nullable Object[] row) {
    return where == null || where.isTrue(row);
  }

  /**
   * The entity's key.
   *
   * @param row as of {@link #extend}
   * @return the values of the join keys, in order, of their types' Java classes; null where the
   *     event has none
   */
  public @Nullable Object[] key(@Nullable Object[] row) {
    return key.of(row);
  }

  /** The columns of the view's log and the distinct aggregates over them. */
  public AggregationPlan plan() {
    return plan;
  }

  /**
   * What the log keeps of an accepted event.
   *
   * @param row as of {@link #extend}
   * @return the values of the plan's columns, in its order; a floating-point number is finite and
   *     never −0.0
   */
  public @Nullable Object[] columns(@Nullable Object[] row) {
    return projection.columns(row);
  }

  /**
   * The vector.
   *
   * @param aggregates the values of the plan's aggregates, in its order
   * @return the view's features, in its order: aggregates with their defaults, and expressions over
   *     the features before them, with theirs
   */
  public @Nullable Object[] features(@Nullable Object[] aggregates) {
    return vector.of(aggregates);
  }

  private static @Nullable WatchedExpression compileWhere(FeatureView view, FeatureNulls nulls) {
    Expression where = view.where();
    if (where == null) {
      return null;
    }
    if (!where.type().equals(ValueType.BOOL)) {
      throw new IllegalArgumentException(
          "the condition '%s' is %s, not BOOL".formatted(where.sql(), where.type()));
    }
    List<String> features = view.features().stream().map(Feature::name).toList();
    return WatchedExpression.compile(where, view.source().row(), features, nulls);
  }
}
