// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.program;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.WindowedAggregate;
import io.tailwater.aggregation.window.PlanChange;
import io.tailwater.definitions.expression.ExpressionCompiler;
import io.tailwater.definitions.expression.TypedExpression;
import io.tailwater.definitions.model.DerivedFeature;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that the state of a view's windows depends on in its definition, said so that it can be kept
 * beside the state and compared with what is deployed later.
 *
 * @param joinKeys the components of the entity's key
 * @param inputs in the view's order
 * @param columns of the log, in the plan's order
 * @param plan what is computed
 * @param features the stored ones, in the view's order
 */
public record LoggedView(
    List<JoinKey> joinKeys,
    List<LoggedInput> inputs,
    List<LoggedColumn> columns,
    AggregationPlan plan,
    List<LoggedFeature> features) {
  public LoggedView {
    joinKeys = List.copyOf(joinKeys);
    inputs = List.copyOf(inputs);
    columns = List.copyOf(columns);
    requireNonNull(plan, "plan is null");
    features = List.copyOf(features);
  }

  /** What the state of a view depends on. Nothing is compiled. */
  public static LoggedView of(FeatureView view) {
    LogLayout layout = new LogLayout(requireNonNull(view, "view is null"));
    List<LoggedFeature> features = new ArrayList<>();
    List<Field> before = new ArrayList<>();
    for (Feature feature : view.storedFeatures()) {
      features.add(feature(feature, layout, before));
      before.add(new Field(feature.name(), feature.type(), true));
    }
    return new LoggedView(
        view.entity().joinKeys(),
        ViewProgram.loggedInputs(view),
        layout.logged(),
        layout.plan(),
        features);
  }

  private static LoggedFeature feature(Feature feature, LogLayout layout, List<Field> before) {
    Object defaultValue = feature.defaultValue();
    String defaultText = defaultValue == null ? null : defaultValue.toString();
    String type = feature.type().toString();
    if (feature instanceof DerivedFeature derived) {
      TypedExpression analyzed = ExpressionCompiler.analyze(derived.expression().sql(), before);
      return new LoggedFeature(
          feature.name(),
          -1,
          analyzed.canonical(),
          analyzed.references().stream().sorted().toList(),
          defaultText,
          type);
    }
    return new LoggedFeature(
        feature.name(), layout.aggregateOf(feature.name()), null, List.of(), defaultText, type);
  }

  /** The aggregates of the plan, said by what columns hold. */
  public List<LoggedAggregate> aggregates() {
    return plan.aggregates().stream()
        .map(aggregate -> LoggedAggregate.of(aggregate, columns, inputs.get(0)))
        .toList();
  }

  /**
   * How the log of this view becomes that of another version of it.
   *
   * @param idPrefix see {@link PlanChange}
   */
  public PlanChange changeTo(LoggedView next, @Nullable Byte idPrefix) {
    int counted = PlanChange.EVERY_EVENT;
    if (next.inputs.size() == 1) {
      LoggedColumn marks = LoggedColumn.everyEventOf(next.inputs.get(0));
      counted = isMarkOfAll(marks) ? PlanChange.EVERY_EVENT : columns.indexOf(marks);
    }
    return new PlanChange(
        plan,
        next.plan,
        next.columns.stream().map(this::originOf).toList(),
        counted,
        inputs.size() == 1
            ? columns.indexOf(LoggedColumn.everyEventOf(inputs.get(0)))
            : PlanChange.UNKNOWN,
        idPrefix);
  }

  /** Where this view's log holds what a column does: see {@link PlanChange#origins}. */
  public int originOf(LoggedColumn column) {
    int index = columns.indexOf(column);
    return index < 0 && isMarkOfAll(column) ? PlanChange.EVERY_EVENT : index;
  }

  private boolean isMarkOfAll(LoggedColumn column) {
    return inputs.size() == 1 && column.equals(LoggedColumn.everyEventOf(inputs.get(0)));
  }

  /**
   * The names of the features of another version that this one has as well.
   *
   * @param formerNames of those of the other version that have been renamed, by their names
   */
  public List<String> sharedWith(LoggedView next, Map<String, String> formerNames) {
    Map<String, String> quoted = new HashMap<>();
    formerNames.forEach(
        (name, was) -> {
          // One that has its new name here already was renamed by an earlier change.
          if (!has(name)) {
            quoted.put(name, "`" + was + "`");
          }
        });
    List<String> shared = new ArrayList<>();
    List<LoggedAggregate> aggregates = aggregates();
    List<LoggedAggregate> aggregatesOfNext = next.aggregates();
    for (LoggedFeature feature : next.features) {
      LoggedFeature same = featureOf(feature.name());
      LoggedFeature before =
          same == null ? featureOf(formerNames.getOrDefault(feature.name(), "")) : same;
      if (before != null
          && haveSameForm(before, feature, quoted)
          && (feature.aggregate() < 0
              || aggregates
                  .get(before.aggregate())
                  .equals(aggregatesOfNext.get(feature.aggregate())))
          && shared.containsAll(feature.reads())) {
        shared.add(feature.name());
      }
    }
    return shared;
  }

  private static boolean haveSameForm(
      LoggedFeature before, LoggedFeature feature, Map<String, String> formerNames) {
    String expression = feature.expression();
    return (before.aggregate() < 0) == (feature.aggregate() < 0)
        && Objects.equals(
            before.expression(),
            expression == null ? null : ExpressionCompiler.expand(expression, formerNames))
        && Objects.equals(before.defaultValue(), feature.defaultValue())
        && before.type().equals(feature.type());
  }

  /** Whether it has a stored feature of a name. */
  public boolean has(String feature) {
    return featureOf(feature) != null;
  }

  private @Nullable LoggedFeature featureOf(String name) {
    return features.stream().filter(each -> each.name().equals(name)).findFirst().orElse(null);
  }

  /** The features that are an aggregate. */
  public List<String> featuresOf(WindowedAggregate aggregate) {
    int index = plan.aggregates().indexOf(aggregate);
    return features.stream()
        .filter(feature -> feature.aggregate() == index)
        .map(LoggedFeature::name)
        .toList();
  }
}
