// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailwater.definitions.expression.Suggestions;
import io.tailwater.definitions.model.Field;
import io.tailwater.serving.FeatureQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** From the columns of a request to the rows that a query wants. */
final class EntityRows {
  private EntityRows() {}

  /**
   * The rows.
   *
   * @param known the columns that some feature of the project needs: those that these features do
   *     not need are left out
   * @throws ClientError if a column is missing or unknown, or a value is not of its type
   */
  static List<Object[]> of(FeatureQuery query, FeatureRequest request, Set<String> known) {
    List<Field> inputs = query.inputs();
    refuseUnknown(request, known);
    requireAll(query, request);
    List<Object[]> rows = new ArrayList<>(request.rows());
    for (int row = 0; row < request.rows(); row++) {
      rows.add(row(inputs, request, row));
    }
    return rows;
  }

  // NullAway: the elements of the row may be null.
  @SuppressWarnings("NullAway")
  private static Object[] row(List<Field> inputs, FeatureRequest request, int row) {
    Object[] values = new Object[inputs.size()];
    for (int i = 0; i < values.length; i++) {
      Field input = inputs.get(i);
      JsonNode value = request.entities().get(input.name()).get(row);
      values[i] = value.isNull() ? null : JsonValues.of(input.type(), value);
      if (values[i] == null && !value.isNull()) {
        throw ClientError.badRequest(
            "found %s for '%s' in row %d, expected %s"
                .formatted(
                    Json.describe(value), input.name(), row, JsonValues.expected(input.type())));
      }
    }
    return values;
  }

  private static void refuseUnknown(FeatureRequest request, Set<String> known) {
    for (String column : request.entities().keySet()) {
      if (!known.contains(column)) {
        throw ClientError.notFound(
            "EntityNotFoundException",
            "found the column '%s' in 'entities', which is no join key and no request field, expected one of %s%s"
                .formatted(
                    column,
                    String.join(", ", new TreeSet<>(known)),
                    Suggestions.didYouMean(column, known).map(" (%s)"::formatted).orElse("")));
      }
    }
  }

  private static void requireAll(FeatureQuery query, FeatureRequest request) {
    List<String> keys = new ArrayList<>();
    List<String> fields = new ArrayList<>();
    for (Field input : query.inputs()) {
      if (!request.entities().containsKey(input.name())) {
        boolean isKey = query.joinKeys().contains(input.name());
        (isKey ? keys : fields).add("'%s' (%s)".formatted(input.name(), input.type()));
      }
    }
    if (!keys.isEmpty()) {
      throw ClientError.badRequest(missing("join key", keys, request.entities()));
    }
    if (!fields.isEmpty()) {
      throw ClientError.badRequest(
          "RequestDataNotFoundInEntityRowsException",
          missing("request field", fields, request.entities()));
    }
  }

  private static String missing(String what, List<String> missing, Map<String, ?> entities) {
    return "found no %s %s in 'entities', which the features need; there are %s: add a list with a value for each row"
        .formatted(what, String.join(", ", missing), entities.keySet());
  }
}
