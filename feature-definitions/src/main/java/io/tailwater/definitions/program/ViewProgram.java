// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.program;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.WindowedAggregate;
import io.tailwater.aggregation.window.VectorFunction;
import io.tailwater.definitions.model.FeatureView;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A feature view compiled: every step from a decoded event to a vector, except the windows
 * themselves.
 *
 * <pre>{@code
 * InputProgram input = program.input(0);            // one for each of the view's sources
 * …                                                 // from an event to what the windows take
 * Object[] vector = program.features(results);      // of the plan's aggregates, in its order
 * }</pre>
 *
 * <p>None of it fails because of data. Compilation takes a second or two the first time in a
 * process. Not thread-safe and not serializable: an operator compiles its own when it opens.
 */
public final class ViewProgram implements VectorFunction {
  private final LogLayout layout;
  private final AggregationPlan plan;
  private final List<InputProgram> inputs;
  private final FeatureVector vector;

  private ViewProgram(FeatureView view, FeatureNulls nulls) {
    this.layout = new LogLayout(view);
    this.plan = layout.plan();
    this.inputs =
        IntStream.range(0, view.inputs().size())
            .mapToObj(input -> new InputProgram(view, layout, input, nulls))
            .toList();
    this.vector = new FeatureVector(view, layout::aggregateOf, nulls);
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

  /** What decides which events of its sources a view logs, in the order of its inputs. */
  public static List<LoggedInput> loggedInputs(FeatureView view) {
    requireNonNull(view, "view is null");
    return IntStream.range(0, view.inputs().size())
        .mapToObj(input -> LoggedInput.of(view, input))
        .toList();
  }

  /**
   * What happens to the events of one of the view's sources.
   *
   * @param index in {@link FeatureView#inputs()}
   */
  public InputProgram input(int index) {
    return inputs.get(index);
  }

  /** The columns of the view's log, of all inputs, and the distinct aggregates over them. */
  public AggregationPlan plan() {
    return plan;
  }

  /**
   * The aggregate of the plan that is a feature's value before its default: which events it takes
   * can be seen by their columns.
   *
   * @throws IllegalArgumentException if the feature is no aggregate
   */
  public WindowedAggregate aggregateOf(String feature) {
    return plan.aggregates().get(layout.aggregateOf(feature));
  }

  /**
   * The vector.
   *
   * @param aggregates the values of the plan's aggregates, in its order
   * @return the view's {@linkplain FeatureView#storedFeatures() stored features}, in its order:
   *     aggregates with their defaults, and expressions over the features before them, with theirs
   */
  @Override
  public @Nullable Object[] features(@Nullable Object[] aggregates) {
    return vector.of(aggregates);
  }

  /** Tells the {@link FeatureNulls} of the program of every feature that the aggregate is. */
  @Override
  public void overflowed(int aggregate) {
    vector.overflowed(aggregate);
  }
}
