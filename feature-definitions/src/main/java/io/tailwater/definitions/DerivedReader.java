// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.expression.TypedExpression;
import io.tailwater.definitions.model.DerivedFeature;
import io.tailwater.definitions.model.Expression;
import java.util.List;
import java.util.Optional;

/** Reads a feature with an {@code expression}. */
final class DerivedReader {
  private DerivedReader() {}

  /**
   * The feature; empty, with problems added, if it is none.
   *
   * @param before what the expression sees
   */
  static List<DerivedFeature> read(
      YamlMapping mapping, Optional<String> name, FeatureScope before) {
    Optional<TypedExpression> typed =
        mapping
            .require("expression")
            .filter(value -> value.text().filter(before::dependsOnFailed).isEmpty())
            .flatMap(value -> ExpressionReader.analyze(value, before.fields()));
    if (name.isEmpty() || typed.isEmpty() || !isOfType(mapping, typed.get().type())) {
      return List.of();
    }
    ValueType type = typed.get().type();
    Optional<Object> defaultValue =
        mapping.get("default").flatMap(value -> DefaultValues.read(value, type));
    String sql = mapping.get("expression").flatMap(YamlValue::text).orElse("");
    return List.of(
        new DerivedFeature(
            name.get(),
            new Expression(sql, type),
            defaultValue.orElse(null),
            before.isReadTime(typed.get().references()),
            MetadataReader.read(mapping),
            WasReader.read(mapping).orElse(null)));
  }

  /** Where a type may be written beside the expression, it is what the expression has. */
  private static boolean isOfType(YamlMapping mapping, ValueType type) {
    Optional<YamlValue> written = mapping.get("type");
    Optional<ValueType> declared = written.flatMap(TypeNames::read);
    if (declared.isPresent() && !declared.get().equals(type)) {
      written
          .get()
          .problem(
              "%s for an expression that is %s".formatted(declared.get(), type),
              "%s, or no 'type': it follows from the expression".formatted(type),
              "or make the expression another: CAST(… AS …)");
      return false;
    }
    return written.isEmpty() || declared.isPresent();
  }
}
