// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.aggregation.ValueType;
import io.tailwater.cli.console.CommandException;
import io.tailwater.definitions.model.Field;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a request says, as a command line gives it: {@code --request cart_value=50.0}. */
final class RequestArgument {
  private RequestArgument() {}

  /**
   * The values of the fields.
   *
   * @param fields that the features need
   * @throws CommandException if one is missing, unknown or not of its type
   */
  static Map<String, @Nullable Object> values(List<Field> fields, Map<String, String> given) {
    List<String> names = fields.stream().map(Field::name).toList();
    for (String name : given.keySet()) {
      if (!names.contains(name)) {
        throw new CommandException(
            "--request %s: found no such field, expected %s"
                .formatted(name, names.isEmpty() ? "none" : "one of " + names));
      }
    }
    Map<String, @Nullable Object> values = new HashMap<>();
    for (Field field : fields) {
      String text = given.get(field.name());
      if (text == null) {
        throw new CommandException(
            "The feature needs --request %s=%s".formatted(field.name(), field.type()));
      }
      values.put(field.name(), value(field, text));
    }
    return values;
  }

  private static Object value(Field field, String text) {
    try {
      return parse(field.type(), text);
    } catch (ArithmeticException | IllegalArgumentException | DateTimeException e) {
      throw new CommandException(
          "--request %s=%s: expected %s".formatted(field.name(), text, field.type()), e);
    }
  }

  private static Object parse(ValueType type, String text) {
    return switch (type.kind()) {
      case BOOL -> bool(text);
      case INT32 -> Integer.valueOf(text);
      case INT64 -> Long.valueOf(text);
      case FLOAT -> new BigDecimal(text).floatValue() + 0.0f;
      case DOUBLE -> new BigDecimal(text).doubleValue() + 0.0;
      case DECIMAL -> new BigDecimal(text).setScale(type.scale(), RoundingMode.UNNECESSARY);
      case STRING -> text;
      case TIMESTAMP -> Instant.parse(text).toEpochMilli();
      case BYTES, ARRAY, MAP ->
          throw new IllegalArgumentException("not a type of requests: " + type);
    };
  }

  private static Boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }
}
