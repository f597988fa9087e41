// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.replay;

import io.tailwater.definitions.expression.ExpressionCompiler;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.DerivedFeature;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureReference;
import io.tailwater.definitions.model.FeatureService.AsOf;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.definitions.retrieval.RetrievalPlan;
import io.tailwater.definitions.retrieval.RetrievalProgram;
import io.tailwater.definitions.retrieval.ViewRead;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One feature as it is read, and the aggregates that it is made of. Not thread-safe. */
final class ReplayedFeature {
  private final RetrievalPlan plan;
  private final RetrievalProgram program;

  private ReplayedFeature(RetrievalPlan plan) {
    this.plan = plan;
    this.program = plan.compile();
  }

  static ReplayedFeature of(Project project, FeatureReference reference, boolean before) {
    return new ReplayedFeature(
        RetrievalPlan.of(project, List.of(reference), before ? AsOf.BEFORE : AsOf.AT));
  }

  List<ViewRead> reads() {
    return plan.views();
  }

  /**
   * The value.
   *
   * @param stored for each of {@link #reads()} its values, null where there is no row
   */
  @Nullable Object value(
      @Nullable Object[] @Nullable [] stored, Map<String, @Nullable Object> request, long instant) {
    List<Field> fields = plan.requestFields();
    @Nullable Object[] values = new @Nullable Object[fields.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = request.get(fields.get(i).name());
    }
    return program.compute(stored, values, instant)[0];
  }

  /** The aggregates of a view that decide what is read of it, in the view's order. */
  static List<AggregateFeature> aggregates(ViewRead read) {
    Set<String> needed = new LinkedHashSet<>(read.stored());
    List<Feature> features = read.view().storedFeatures();
    // An expression names features before it: those of the last one are known first.
    for (int i = features.size() - 1; i >= 0; i--) {
      if (features.get(i) instanceof DerivedFeature derived && needed.contains(derived.name())) {
        needed.addAll(references(derived, read.view(), i));
      }
    }
    List<AggregateFeature> aggregates = new ArrayList<>();
    for (Feature feature : features) {
      if (feature instanceof AggregateFeature aggregate && needed.contains(feature.name())) {
        aggregates.add(aggregate);
      }
    }
    return aggregates;
  }

  private static Set<String> references(DerivedFeature feature, StoredView view, int index) {
    List<Field> before =
        view.storedFeatures().subList(0, index).stream()
            .map(known -> new Field(known.name(), known.type(), true))
            .toList();
    return ExpressionCompiler.analyze(feature.expression().sql(), before).references();
  }
}
