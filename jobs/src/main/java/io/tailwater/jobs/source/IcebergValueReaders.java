// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.ByteBuffers;
import org.jspecify.annotations.Nullable;

/**
 * Readers of the values that Iceberg's generic records hold. They take what Avro's readers take: no
 * conversion that could lose anything. Instants finer than a millisecond are floored, those without
 * a zone and dates are in UTC, and a plain long is milliseconds.
 */
final class IcebergValueReaders {
  private IcebergValueReaders() {}

  /**
   * The reader of a column.
   *
   * @throws IllegalArgumentException if values of {@code found} are not of the type
   */
  static IcebergValueReader of(Type found, ValueType type) {
    return switch (type.kind()) {
      case BOOL -> as(found, type, Type.TypeID.BOOLEAN);
      case INT32 -> as(found, type, Type.TypeID.INTEGER);
      case STRING -> as(found, type, Type.TypeID.STRING);
      case INT64 -> int64(found, type);
      case FLOAT -> {
        as(found, type, Type.TypeID.FLOAT);
        yield (value, violations) -> NumberRules.finite((float) (Float) value, violations);
      }
      case DOUBLE -> doubles(found, type);
      case DECIMAL -> {
        as(found, type, Type.TypeID.DECIMAL);
        yield (value, violations) -> NumberRules.exact((BigDecimal) value, type, violations);
      }
      case BYTES -> bytes(found, type);
      case TIMESTAMP -> instant(found, type);
      case ARRAY -> array(found, type);
      case MAP -> map(found, type);
    };
  }

  private static IcebergValueReader as(Type found, ValueType type, Type.TypeID expected) {
    if (found.typeId() != expected) {
      throw mismatch(found, type);
    }
    return (value, violations) -> value;
  }

  private static IllegalArgumentException mismatch(Type found, ValueType type) {
    return new IllegalArgumentException(
        "type %s does not hold values of type %s".formatted(found, type));
  }

  private static IcebergValueReader int64(Type found, ValueType type) {
    if (found.typeId() == Type.TypeID.INTEGER) {
      return (value, violations) -> ((Integer) value).longValue();
    }
    return as(found, type, Type.TypeID.LONG);
  }

  private static IcebergValueReader doubles(Type found, ValueType type) {
    if (found.typeId() != Type.TypeID.INTEGER && found.typeId() != Type.TypeID.FLOAT) {
      as(found, type, Type.TypeID.DOUBLE);
    }
    return (value, violations) -> NumberRules.finite(((Number) value).doubleValue(), violations);
  }

  private static IcebergValueReader bytes(Type found, ValueType type) {
    if (found.typeId() != Type.TypeID.FIXED) {
      as(found, type, Type.TypeID.BINARY);
    }
    return (value, violations) ->
        value instanceof ByteBuffer buffer ? ByteBuffers.toByteArray(buffer) : value;
  }

  private static IcebergValueReader instant(Type found, ValueType type) {
    return switch (found.typeId()) {
      case LONG -> (value, violations) -> value;
      case DATE, TIMESTAMP, TIMESTAMP_NANO -> (value, violations) -> millis(value);
      default -> throw mismatch(found, type);
    };
  }

  private static long millis(Object value) {
    if (value instanceof OffsetDateTime time) {
      return time.toInstant().toEpochMilli();
    }
    if (value instanceof LocalDate date) {
      return date.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
    }
    return ((LocalDateTime) value).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private static IcebergValueReader array(Type found, ValueType type) {
    if (!(found instanceof Types.ListType list)) {
      throw mismatch(found, type);
    }
    IcebergValueReader item = of(list.elementType(), requireNonNull(type.element()));
    return (value, violations) -> {
      List<@Nullable Object> items = new ArrayList<>();
      ((List<?>) value).forEach(element -> items.add(item(item, element, violations)));
      return Collections.unmodifiableList(items);
    };
  }

  private static IcebergValueReader map(Type found, ValueType type) {
    if (!(found instanceof Types.MapType map) || map.keyType().typeId() != Type.TypeID.STRING) {
      throw mismatch(found, type);
    }
    IcebergValueReader item = of(map.valueType(), requireNonNull(type.element()));
    return (value, violations) -> {
      Map<String, @Nullable Object> items = new HashMap<>();
      ((Map<?, ?>) value)
          .forEach(
              (key, element) -> items.put(String.valueOf(key), item(item, element, violations)));
      return Collections.unmodifiableMap(items);
    };
  }

  private static @Nullable Object item(
      IcebergValueReader reader, @Nullable Object element, Violations violations) {
    if (element == null) {
      violations.add("null", "no null inside an array or a map");
      return null;
    }
    return reader.read(element, violations);
  }
}
