// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.CommandException;
import io.tailwater.definitions.model.Field;
import io.tailwater.serving.FeatureQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The entity and the request of a command line, as a query wants them. */
final class OnlineRow {
  private OnlineRow() {}

  /**
   * The row.
   *
   * @param entity join keys by name
   * @param request fields of the request by name
   * @throws CommandException if one is missing, unknown or not of its type
   */
  static @Nullable Object[] of(
      FeatureQuery query, Map<String, String> entity, Map<String, String> request) {
    List<Field> inputs = query.inputs();
    List<Field> keys = inputs.subList(0, query.joinKeys().size());
    List<Field> fields = inputs.subList(keys.size(), inputs.size());
    for (String name : entity.keySet()) {
      if (!query.joinKeys().contains(name)) {
        throw new CommandException(
            "--entity %s: found no such join key, expected %s".formatted(name, usage(keys)));
      }
    }
    List<@Nullable Object> row = new ArrayList<>();
    for (Field key : keys) {
      String text = entity.get(key.name());
      if (text == null) {
        throw new CommandException("The features need %s".formatted(usage(keys)));
      }
      row.add(EntityArgument.value(key.name(), key.type(), text));
    }
    Map<String, @Nullable Object> values = RequestArgument.values(fields, request);
    fields.forEach(field -> row.add(values.get(field.name())));
    return row.toArray();
  }

  private static String usage(List<Field> keys) {
    return keys.stream()
        .map(key -> "--entity %s=%s".formatted(key.name(), key.type()))
        .collect(Collectors.joining(" "));
  }
}
