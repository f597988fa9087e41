// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.expression.ExpressionCompiler;
import io.tailwater.definitions.model.DerivedFeature;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.OnDemandFeatureView;
import io.tailwater.definitions.model.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the names in a view's expressions stand for, and have stood for. */
final class SeenNames {
  private final Map<String, ValueType> typesBefore = new HashMap<>();
  private final Map<String, ValueType> types = new HashMap<>();
  private final List<Field> row;
  private final Map<String, String> namesBefore = new HashMap<>();
  private final Map<String, FeatureChange> changes = new HashMap<>();

  SeenNames(@Nullable View before, View after) {
    this.row = row(after);
    row.forEach(field -> types.put(field.name(), field.type()));
    if (before != null) {
      row(before).forEach(field -> typesBefore.put(field.name(), field.type()));
    }
  }

  private static List<Field> row(View view) {
    List<Field> row =
        view instanceof OnDemandFeatureView onDemand
            ? new ArrayList<>(onDemand.row())
            : new ArrayList<>(List.of(Feature.REQUEST_TIME_FIELD));
    for (Feature feature : view.features()) {
      row.add(new Field(feature.name(), feature.type(), true));
    }
    return row;
  }

  /**
   * Tells what becomes of a name.
   *
   * @param nameBefore what the same feature was called; null if it is new
   */
  void add(String name, @Nullable String nameBefore, FeatureChange change) {
    changes.put(name, change);
    if (nameBefore != null && !nameBefore.equals(name)) {
      namesBefore.put(name, "`" + nameBefore + "`");
    }
  }

  /** What decides the value and is different. */
  List<Difference> differences(DerivedFeature former, DerivedFeature feature) {
    List<Difference> differences = new ArrayList<>();
    String sqlBefore = former.expression().sql();
    String sql = feature.expression().sql();
    if (!ExpressionCompiler.expand(sqlBefore, Map.of())
        .equals(ExpressionCompiler.expand(sql, namesBefore))) {
      differences.add(new Difference("expression", sqlBefore, sql));
    }
    for (String name : references(feature)) {
      FeatureChange change = changes.get(name);
      if (change == null && !Objects.equals(typesBefore.get(name), types.get(name))) {
        differences.add(
            new Difference(
                name,
                Objects.toString(typesBefore.get(name), null),
                String.valueOf(types.get(name))));
      } else if (change != null && change.kind() == FeatureChange.Kind.CHANGED) {
        differences.add(new Difference("'%s', which it uses".formatted(name), null, null));
      }
    }
    return differences;
  }

  /** That of all that the expression uses. */
  Readiness readiness(DerivedFeature feature) {
    Readiness readiness = Readiness.SAME;
    for (String name : references(feature)) {
      FeatureChange change = changes.get(name);
      readiness = change == null ? readiness : readiness.and(change.readiness());
    }
    return readiness;
  }

  private List<String> references(DerivedFeature feature) {
    Set<String> references =
        ExpressionCompiler.analyze(feature.expression().sql(), row).references();
    return references.stream().sorted().toList();
  }
}
