// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.materialize;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values of Flink's rows as a declared type has them. */
final class ColumnValue {
  private ColumnValue() {}

  /** A value that its column's type allows and a declared one does not. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  /**
   * The value in the Java class of {@code type}; null stays null.
   *
   * @param value of a column whose type {@linkplain ColumnType#fits fits}
   * @throws RefusedException if a map has a null for a key
   */
  static @Nullable Object of(@Nullable Object value, ValueType type) throws RefusedException {
    if (value == null) {
      return null;
    }
    return switch (type.kind()) {
      case BOOL, STRING, BYTES -> value;
      case INT32 -> ((Number) value).intValue();
      case INT64 -> ((Number) value).longValue();
      case FLOAT -> ((Number) value).floatValue();
      case DOUBLE -> ((Number) value).doubleValue();
      case DECIMAL -> ((BigDecimal) value).setScale(type.scale());
      case TIMESTAMP -> millis(value);
      case ARRAY -> list((Object[]) value, element(type));
      case MAP -> map((Map<?, ?>) value, element(type));
    };
  }

  /** Milliseconds since the epoch, floored. */
  static long millis(Object value) {
    if (value instanceof Instant instant) {
      return instant.toEpochMilli();
    }
    return value instanceof LocalDate date
        ? date.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli()
        : ((LocalDateTime) value).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private static List<@Nullable Object> list(@Nullable Object[] values, ValueType element)
      throws RefusedException {
    List<@Nullable Object> list = new ArrayList<>(values.length);
    for (Object value : values) {
      list.add(finite(of(value, element)));
    }
    return Collections.unmodifiableList(list);
  }

  private static Map<String, @Nullable Object> map(Map<?, ?> values, ValueType element)
      throws RefusedException {
    Map<String, @Nullable Object> map = new TreeMap<>();
    for (Map.Entry<?, ?> entry : values.entrySet()) {
      if (entry.getKey() == null) {
        throw new RefusedException("found a null among the map's keys, expected texts");
      }
      map.put((String) entry.getKey(), finite(of(entry.getValue(), element)));
    }
    return Collections.unmodifiableMap(map);
  }

  /** As {@link io.tailwater.definitions.program.BatchProgram} does with a column's own value. */
  private static @Nullable Object finite(@Nullable Object value) {
    if (value instanceof Double number) {
      return Double.isFinite(number) ? (Object) (number + 0.0) : null;
    }
    if (value instanceof Float number) {
      return Float.isFinite(number) ? (Object) (number + 0.0f) : null;
    }
    return value;
  }

  private static ValueType element(ValueType type) {
    return requireNonNull(type.element(), "element is null");
  }
}
