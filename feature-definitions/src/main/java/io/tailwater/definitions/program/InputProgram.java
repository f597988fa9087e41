// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.program;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.ViewInput;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One input of a feature view compiled: every step from a decoded event of its source to what the
 * view's windows take.
 *
 * <pre>{@code
 * Object[] row = input.extend(fields, eventTime); // fields, event time, columns
 * if (input.accepts(row)) {                       // where; judged before the key
 *   Object[] key = input.key(row);                // a null in it: no key, a fault if isSeen(row)
 *   Object[] logged = input.columns(row);         // what the windows of the view's plan take
 * }
 * }</pre>
 *
 * <p>None of it fails because of data. Not thread-safe and not serializable: an operator compiles
 * its own when it opens.
 */
public final class InputProgram {
  private final SourceColumns sourceColumns;
  private final @Nullable WatchedExpression where;
  private final EntityKey key;
  private final LogProjection projection;
  private final boolean everyEventIsSeen;

  InputProgram(FeatureView view, LogLayout layout, int input, FeatureNulls nulls) {
    ViewInput viewInput = view.inputs().get(input);
    this.sourceColumns = new SourceColumns(view, input, nulls);
    this.where = compileWhere(view, viewInput, nulls);
    this.key = new EntityKey(view.entity(), viewInput);
    this.projection = new LogProjection(layout, input, viewInput.source().row(), nulls);
    this.everyEventIsSeen =
        featuresOf(view, viewInput).anyMatch(feature -> feature.where() == null);
  }

  /**
   * Compiles one input alone. The first compilation in a process takes a second or two.
   *
   * @param input its index in {@link FeatureView#inputs()}
   * @param nulls hears of every value that became null because it could not be computed
   * @throws io.tailwater.definitions.expression.ExpressionException or {@link
   *     IllegalArgumentException} for a view that no loader has checked
   */
  public static InputProgram compile(FeatureView view, int input, FeatureNulls nulls) {
    return new InputProgram(
        requireNonNull(view, "view is null"),
        new LogLayout(view),
        input,
        requireNonNull(nulls, "nulls is null"));
  }

  /**
   * The row that the view's expressions see: {@link
   * io.tailwater.definitions.model.EventSource#row()}.
   *
   * @param fields the values of the source's fields, in order, of their types' Java classes
   * @param eventTime the event's time in milliseconds since the epoch
   * @return a new array
   */
  public @Nullable Object[] extend(@Nullable Object[] fields, long eventTime) {
    return sourceColumns.extend(fields, eventTime);
  }

  /**
   * Whether the input's {@code where} is true of the event; a null is not. Judged before the key:
   * an event without one may be filtered, which is no fault of it.
   *
   * @param row as of {@link #extend}
   */
  public boolean accepts(@Nullable Object[] row) {
    return where == null || where.isTrue(row);
  }

  /**
   * Whether some feature takes the accepted event. One that none takes needs no key: it is not
   * missing where nothing would be computed of the event.
   *
   * @param row as of {@link #extend}
   */
  public boolean isSeen(@Nullable Object[] row) {
    return everyEventIsSeen || projection.isTaken(row);
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

  /**
   * What the log keeps of an accepted event.
   *
   * @param row as of {@link #extend}
   * @return the values of the plan's columns, in its order; null in those of other inputs; a
   *     floating-point number is finite and never −0.0
   */
  public @Nullable Object[] columns(@Nullable Object[] row) {
    return projection.columns(row);
  }

  /** The features that see the input's events. */
  static Stream<AggregateFeature> featuresOf(FeatureView view, ViewInput input) {
    return view.features().stream()
        .filter(AggregateFeature.class::isInstance)
        .map(AggregateFeature.class::cast)
        .filter(feature -> feature.source().equals(input.source().name()));
  }

  private static @Nullable WatchedExpression compileWhere(
      FeatureView view, ViewInput input, FeatureNulls nulls) {
    Expression where = input.where();
    if (where == null) {
      return null;
    }
    if (!where.type().equals(ValueType.BOOL)) {
      throw new IllegalArgumentException(
          "the condition '%s' is %s, not BOOL".formatted(where.sql(), where.type()));
    }
    List<String> features = featuresOf(view, input).map(Feature::name).toList();
    return WatchedExpression.compile(where, input.source().row(), features, nulls);
  }
}
