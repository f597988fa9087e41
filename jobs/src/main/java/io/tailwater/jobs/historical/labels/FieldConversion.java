// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.labels;

import io.tailwater.aggregation.ValueType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.util.ByteBuffers;
import org.jspecify.annotations.Nullable;

/** Turns a column's values, of Iceberg's generic records, into those of a field. */
@FunctionalInterface
interface FieldConversion {
  Object convert(Object value) throws BadLabelException;

  /** The conversion; null if a column of that type cannot serve. */
  static @Nullable FieldConversion between(Type column, ValueType field) {
    return switch (field.kind()) {
      case BOOL -> column.typeId() == Type.TypeID.BOOLEAN ? value -> value : null;
      case INT32 -> isWhole(column) ? FieldConversion::int32 : null;
      case INT64 -> isWhole(column) ? value -> ((Number) value).longValue() : null;
      case FLOAT -> column.typeId() == Type.TypeID.FLOAT ? value -> finite(value, value) : null;
      case DOUBLE ->
          isWhole(column) || isBinary(column) || column.typeId() == Type.TypeID.DECIMAL
              ? value -> finite(value, zeroSigned(((Number) value).doubleValue()))
              : null;
      case DECIMAL ->
          isWhole(column) || column.typeId() == Type.TypeID.DECIMAL
              ? value -> decimal(value, field)
              : null;
      case STRING -> column.typeId() == Type.TypeID.STRING ? Object::toString : null;
      case BYTES ->
          column.typeId() == Type.TypeID.BINARY
              ? value -> ByteBuffers.toByteArray((ByteBuffer) value)
              : null;
      case TIMESTAMP -> isInstant(column) ? FieldConversion::millis : null;
      case ARRAY, MAP -> null;
    };
  }

  /** Whether a column of that type holds dates or timestamps. */
  static boolean isInstant(Type column) {
    return switch (column.typeId()) {
      case DATE, TIMESTAMP, TIMESTAMP_NANO -> true;
      default -> false;
    };
  }

  /** A date or timestamp in milliseconds since the epoch, floored; UTC without a zone. */
  static long millis(Object value) {
    if (value instanceof OffsetDateTime zoned) {
      return zoned.toInstant().toEpochMilli();
    }
    LocalDateTime local =
        value instanceof LocalDate date ? date.atStartOfDay() : (LocalDateTime) value;
    return local.toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private static boolean isWhole(Type column) {
    return column.typeId() == Type.TypeID.INTEGER || column.typeId() == Type.TypeID.LONG;
  }

  private static boolean isBinary(Type column) {
    return column.typeId() == Type.TypeID.FLOAT || column.typeId() == Type.TypeID.DOUBLE;
  }

  private static Object int32(Object value) throws BadLabelException {
    long number = ((Number) value).longValue();
    if (number != (int) number) {
      throw new BadLabelException("found %d, expected INT32".formatted(number));
    }
    return (int) number;
  }

  private static Object finite(Object found, Object value) throws BadLabelException {
    if (!Double.isFinite(((Number) value).doubleValue())) {
      throw new BadLabelException("found %s, expected a finite number".formatted(found));
    }
    return value;
  }

  private static Object zeroSigned(double value) {
    return value == 0.0 ? (Object) 0.0 : (Object) value;
  }

  private static Object decimal(Object value, ValueType type) throws BadLabelException {
    BigDecimal exact =
        value instanceof BigDecimal decimal
            ? decimal
            : BigDecimal.valueOf(((Number) value).longValue());
    try {
      BigDecimal scaled = exact.setScale(type.scale(), RoundingMode.UNNECESSARY);
      if (scaled.precision() <= type.precision()) {
        return scaled;
      }
    } catch (ArithmeticException e) {
      throw new BadLabelException("found %s, expected an exact %s".formatted(value, type));
    }
    throw new BadLabelException("found %s, expected an exact %s".formatted(value, type));
  }
}
