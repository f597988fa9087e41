// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.definitions.expression.Suggestions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** The fields of a YAML mapping, each key once. */
final class YamlMapping {
  private final Map<String, YamlValue> fields = new LinkedHashMap<>();
  private final Map<String, YamlValue> keys = new LinkedHashMap<>();
  private final YamlValue value;

  YamlMapping(MappingNode node, YamlValue value, String file, Problems problems) {
    this.value = value;
    for (NodeTuple tuple : node.getValue()) {
      YamlValue keyNode = new YamlValue(tuple.getKeyNode(), file, value.path(), problems);
      if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
        keyNode.problem("a key that is no text", "a name");
        continue;
      }
      String key = scalar.getValue();
      String path = value.path().isEmpty() ? key : value.path() + "." + key;
      if (fields.containsKey(key)) {
        keyNode.problem("'%s' a second time".formatted(key), "each key once");
        continue;
      }
      keys.put(key, new YamlValue(tuple.getKeyNode(), file, path, problems));
      fields.put(key, new YamlValue(tuple.getValueNode(), file, path, problems));
    }
  }

  /** The mapping as a value, for problems with it as a whole. */
  YamlValue value() {
    return value;
  }

  /** All fields in the order of writing. */
  Map<String, YamlValue> fields() {
    return fields;
  }

  boolean has(String key) {
    return fields.containsKey(key);
  }

  /** The field; empty if it is not there. */
  Optional<YamlValue> get(String key) {
    return Optional.ofNullable(fields.get(key));
  }

  /** The field; if it is not there, that is a problem. */
  Optional<YamlValue> require(String key) {
    YamlValue field = fields.get(key);
    if (field == null) {
      value.problem("no '%s'".formatted(key), "'%s: …'".formatted(key));
    }
    return Optional.ofNullable(field);
  }

  /** The field's text; empty if it is not there. */
  Optional<String> text(String key) {
    return get(key).flatMap(YamlValue::asText);
  }

  /** The field's text; if it is not there, that is a problem. */
  Optional<String> requireText(String key) {
    return require(key).flatMap(YamlValue::asText);
  }

  /**
   * Makes a problem of every key that is neither known nor of a later version.
   *
   * @param later keys of the language that this version does not have, each with what it has
   *     instead
   */
  void refuseOthers(Set<String> known, Map<String, String> later) {
    keys.forEach(
        (key, node) -> {
          if (later.containsKey(key)) {
            node.problem(
                "'%s', which this version does not support".formatted(key),
                String.valueOf(later.get(key)));
          } else if (!known.contains(key)) {
            refuse(key, node, known);
          }
        });
  }

  private static void refuse(String key, YamlValue node, Set<String> known) {
    boolean splitExpression = key.contains("(") || key.contains(")");
    String hint =
        splitExpression
            ? "inside {…} an expression with a comma wants quotes, or YAML ends it there"
            : Suggestions.didYouMean(key, known).orElse(null);
    node.problem(
        "the unknown key '%s'".formatted(key),
        "one of " + String.join(", ", known.stream().sorted().toList()),
        hint);
  }
}
