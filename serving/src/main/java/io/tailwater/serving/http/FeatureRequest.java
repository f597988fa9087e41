// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request for features, its form checked and nothing else. Fields that it does not
 * know are ignored: newer clients send more.
 *
 * @param entities the values of join keys and request fields, in columns of one length
 * @param features {@code view:feature} or {@code view:*}; empty where a service is named
 * @param service the name of a feature service, which wins over features; null if none is named
 * @param fullNames whether features are called {@code view__feature}
 */
record FeatureRequest(
    Map<String, List<JsonNode>> entities,
    List<String> features,
    @Nullable String service,
    boolean fullNames) {

  /**
   * The request in a body.
   *
   * @throws ClientError if it is none
   */
  static FeatureRequest parse(byte[] body) {
    JsonNode json = Json.object(body);
    Map<String, List<JsonNode>> entities = entities(json.path("entities"));
    String service = text(json.path("feature_service"), "feature_service");
    List<String> features = service == null ? features(json.path("features")) : List.of();
    return new FeatureRequest(
        entities, features, service, flag(json.path("full_feature_names"), "full_feature_names"));
  }

  /** How many rows of entities there are. */
  int rows() {
    return entities.values().iterator().next().size();
  }

  private static Map<String, List<JsonNode>> entities(JsonNode node) {
    if (node.isMissingNode()) {
      throw ClientError.malformed(
          "missing",
          List.of("entities"),
          node,
          "found no 'entities', expected an object with a list for each join key, such as"
              + " {\"customer_id\": [1001, 1002]}");
    }
    if (!node.isObject()) {
      throw ClientError.malformed(
          "dict_type",
          List.of("entities"),
          node,
          "expected an object with a list for each join key, such as {\"customer_id\": [1001,"
              + " 1002]}, found "
              + Json.describe(node));
    }
    Map<String, List<JsonNode>> columns = new LinkedHashMap<>();
    node.properties().forEach(column -> columns.put(column.getKey(), column(column)));
    requireRows(columns);
    return columns;
  }

  private static List<JsonNode> column(Map.Entry<String, JsonNode> column) {
    if (!column.getValue().isArray()) {
      throw ClientError.malformed(
          "list_type",
          List.of("entities", column.getKey()),
          column.getValue(),
          "expected a list with a value for each row, such as [1001, 1002], found "
              + Json.describe(column.getValue()));
    }
    List<JsonNode> values = new ArrayList<>(column.getValue().size());
    column.getValue().forEach(values::add);
    return values;
  }

  private static void requireRows(Map<String, List<JsonNode>> columns) {
    if (columns.isEmpty()) {
      throw ClientError.badRequest(
          "found no columns in 'entities', expected one for each join key, such as"
              + " {\"customer_id\": [1001, 1002]}");
    }
    Map<String, Integer> lengths = new LinkedHashMap<>();
    columns.forEach((name, values) -> lengths.put(name, values.size()));
    if (lengths.values().stream().distinct().count() > 1) {
      throw ClientError.badRequest(
          "found columns of different lengths in 'entities', %s: give each a value for every row"
              .formatted(lengths));
    }
    if (lengths.containsValue(0)) {
      throw ClientError.badRequest(
          "found empty lists in 'entities', %s: give each at least one value"
              .formatted(lengths.keySet()));
    }
  }

  private static List<String> features(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      throw ClientError.malformed(
          "missing",
          List.of("features"),
          node,
          "found neither 'features' nor 'feature_service', expected a list such as"
              + " [\"view:feature\"], or the name of a service");
    }
    if (!node.isArray()) {
      throw ClientError.malformed(
          "list_type",
          List.of("features"),
          node,
          "expected a list such as [\"view:feature\"], found " + Json.describe(node));
    }
    List<String> features = new ArrayList<>(node.size());
    for (JsonNode feature : node) {
      if (!feature.isTextual()) {
        throw ClientError.malformed(
            "string_type",
            List.of("features", features.size()),
            feature,
            "expected a text such as \"view:feature\", found " + Json.describe(feature));
      }
      features.add(feature.textValue());
    }
    if (features.isEmpty()) {
      throw ClientError.badRequest(
          "found an empty list of 'features', expected at least one such as \"view:feature\"");
    }
    return features;
  }

  private static @Nullable String text(JsonNode node, String field) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isTextual()) {
      throw ClientError.malformed(
          "string_type", List.of(field), node, "expected a text, found " + Json.describe(node));
    }
    return node.textValue();
  }

  private static boolean flag(JsonNode node, String field) {
    if (!node.isMissingNode() && !node.isNull() && !node.isBoolean()) {
      throw ClientError.malformed(
          "bool_type",
          List.of(field),
          node,
          "expected true or false, found " + Json.describe(node));
    }
    return node.booleanValue();
  }
}
