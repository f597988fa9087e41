// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.expression.Suggestions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The types that a join key may have, by name. */
final class TypeNames {
  private static final Map<String, ValueType> KEY_TYPES = keyTypes();

  private TypeNames() {}

  static Optional<ValueType> readKeyType(YamlValue value) {
    Optional<String> text = value.asText("a type");
    Optional<ValueType> type = text.map(KEY_TYPES::get);
    if (text.isPresent() && type.isEmpty()) {
      value.problem(
          value.describe(),
          "one of " + String.join(", ", KEY_TYPES.keySet()),
          Suggestions.didYouMean(text.get(), KEY_TYPES.keySet()).orElse(null));
    }
    return type;
  }

  private static Map<String, ValueType> keyTypes() {
    Map<String, ValueType> types = new LinkedHashMap<>();
    types.put("BOOL", ValueType.BOOL);
    types.put("INT32", ValueType.INT32);
    types.put("INT64", ValueType.INT64);
    types.put("STRING", ValueType.STRING);
    types.put("BYTES", ValueType.BYTES);
    types.put("TIMESTAMP", ValueType.TIMESTAMP);
    return types;
  }
}
