// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.retrieval;

import io.tailwater.definitions.expression.CompiledExpression;
import io.tailwater.definitions.expression.ExpressionCompiler;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.program.FeatureNulls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RetrievalPlan} compiled: the step from what the stores and the caller gave to the
 * features that were asked for.
 *
 * <p>Stored values are returned as they are: their defaults were applied before they were stored.
 * Of a view that has no row for the entity, everything is null, its features with defaults and
 * those that are computed on read included: that nothing is known of an entity is not the same as
 * an empty window. Features on demand are computed of such nulls like of any others, and get their
 * defaults.
 *
 * <p>None of it fails because of data. Not thread-safe and not serializable: one for each operator
 * or thread, or a {@link #copy}.
 */
public final class RetrievalProgram {
  private final RetrievalPlan plan;
  private final List<CompiledStep> steps;
  private final int stored;
  private final int timePlace;

  private record CompiledStep(Step step, CompiledExpression expression, FeatureNulls nulls) {
    CompiledStep copy() {
      return new CompiledStep(step, expression.copy(), nulls);
    }

    @Nullable Object value(@Nullable Object[] values) {
      @Nullable Object[] row = new @Nullable Object[step.places().length];
      for (int i = 0; i < row.length; i++) {
        row[i] = values[step.places()[i]];
      }
      long faults = expression.faults();
      Object value = expression.evaluate(row);
      if (expression.faults() != faults) {
        nulls.overflowed(step.view() + ":" + step.feature().name());
      }
      return value == null ? step.feature().defaultValue() : value;
    }
  }

  private RetrievalProgram(
      RetrievalPlan plan, List<CompiledStep> steps, int stored, int timePlace) {
    this.plan = plan;
    this.steps = steps;
    this.stored = stored;
    this.timePlace = timePlace;
  }

  static RetrievalProgram compile(RetrievalPlan plan, FeatureNulls nulls) {
    int stored = plan.views().stream().mapToInt(view -> view.stored().size()).sum();
    return new RetrievalProgram(
        plan,
        plan.steps().stream().map(step -> new CompiledStep(step, compile(step), nulls)).toList(),
        stored,
        stored + plan.requestFields().size());
  }

  /** The same compiled code for another thread: cheap, unlike a compilation. */
  public RetrievalProgram copy() {
    return new RetrievalProgram(
        plan, steps.stream().map(CompiledStep::copy).toList(), stored, timePlace);
  }

  /**
   * The features.
   *
   * @param storedByView for each of {@link RetrievalPlan#views()} the values of its {@link
   *     ViewRead#stored()}, in order, of their types' Java classes; null where there is no row
   * @param request the values of {@link RetrievalPlan#requestFields()}, in order, of their types'
   *     Java classes; null only where there are none
   * @param requestTime the instant of the read, in milliseconds since the epoch
   * @return the values of {@link RetrievalPlan#outputs()}, in order
   */
  public @Nullable Object[] compute(
      @Nullable Object[] @Nullable [] storedByView,
      @Nullable Object @Nullable [] request,
      long requestTime) {
    @Nullable Object[] values = new @Nullable Object[timePlace + 1 + steps.size()];
    put(storedByView, values);
    putRequest(request, values);
    values[timePlace] = requestTime;
    for (int i = 0; i < steps.size(); i++) {
      CompiledStep step = steps.get(i);
      int read = step.step().read();
      boolean known = read == Step.ALWAYS || storedByView[read] != null;
      values[timePlace + 1 + i] = known ? step.value(values) : null;
    }
    int[] places = plan.outputPlaces();
    @Nullable Object[] outputs = new @Nullable Object[places.length];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = values[places[i]];
    }
    return outputs;
  }

  private void put(@Nullable Object[] @Nullable [] storedByView, @Nullable Object[] values) {
    require(storedByView.length, plan.views().size(), "rows", "views");
    int place = 0;
    for (int i = 0; i < storedByView.length; i++) {
      ViewRead view = plan.views().get(i);
      @Nullable Object[] row = storedByView[i];
      if (row != null) {
        require(row.length, view.stored().size(), "values", "features of " + view.view().name());
        System.arraycopy(row, 0, values, place, row.length);
      }
      place += view.stored().size();
    }
  }

  private void putRequest(@Nullable Object @Nullable [] request, @Nullable Object[] values) {
    int length = request == null ? 0 : request.length;
    require(length, plan.requestFields().size(), "values", "fields of the request");
    if (request != null) {
      System.arraycopy(request, 0, values, stored, length);
    }
  }

  private static void require(int found, int expected, String what, String of) {
    if (found != expected) {
      throw new IllegalArgumentException("%d %s for %d %s".formatted(found, what, expected, of));
    }
  }

  private static CompiledExpression compile(Step step) {
    Expression expression = step.feature().expression();
    CompiledExpression compiled = ExpressionCompiler.compile(expression.sql(), step.row());
    if (!compiled.type().equals(expression.type())) {
      throw new IllegalArgumentException(
          "'%s' is %s, not %s".formatted(expression.sql(), compiled.type(), expression.type()));
    }
    return compiled;
  }
}
