// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.aggregation.ValueType;
import io.tailwater.cli.console.CommandException;
import io.tailwater.definitions.model.Entity;
import io.tailwater.definitions.model.JoinKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;

/** An entity's key as a command line gives it: {@code customer_id=1001}. */
final class EntityArgument {
  private EntityArgument() {}

  /**
   * The join keys' values, in the entity's order, of their types' Java classes.
   *
   * @param given by the join keys' names
   * @throws CommandException if one is missing or not of its type
   */
  static Object[] key(Entity entity, Map<String, String> given) {
    Object[] key = new Object[entity.joinKeys().size()];
    for (int i = 0; i < key.length; i++) {
      JoinKey part = entity.joinKeys().get(i);
      String text = given.get(part.name());
      if (text == null) {
        throw new CommandException("Entity %s needs %s".formatted(entity.name(), usage(entity)));
      }
      key[i] = value(part, text);
    }
    return key;
  }

  private static String usage(Entity entity) {
    return entity.joinKeys().stream()
        .map(part -> "--entity %s=%s".formatted(part.name(), part.type()))
        .collect(Collectors.joining(" "));
  }

  private static Object value(JoinKey part, String text) {
    return value(part.name(), part.type(), text);
  }

  /**
   * The value of one join key.
   *
   * @throws CommandException if it is not of its type
   */
  static Object value(String joinKey, ValueType type, String text) {
    try {
      return parse(type, text);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new CommandException("--entity %s=%s: expected %s".formatted(joinKey, text, type), e);
    }
  }

  private static Object parse(ValueType type, String text) {
    return switch (type.kind()) {
      case INT32 -> Integer.valueOf(text);
      case INT64 -> Long.valueOf(text);
      case STRING -> text;
      case TIMESTAMP -> Instant.parse(text).toEpochMilli();
      case BYTES -> HexFormat.of().parseHex(text);
      case BOOL -> bool(text);
      case FLOAT, DOUBLE, DECIMAL, ARRAY, MAP ->
          throw new IllegalArgumentException("not a type of keys: " + type);
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
