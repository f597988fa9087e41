// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static io.tailwater.jobs.source.AvroValueReaders.mismatch;
import static io.tailwater.jobs.source.AvroValueReaders.plain;

import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.ValueType.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Readers of Avro's numbers and of what its logical types make of ints, longs and bytes. A number
 * becomes a wider one as Avro's schema resolution has it, rounded where it has to be. Instants
 * finer than a millisecond are floored; a {@code date} is its midnight in UTC.
 */
final class AvroNumberReaders {
  private static final long MILLIS_PER_DAY = 86_400_000L;
  private static final long MICROS_PER_MILLI = 1_000L;
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private AvroNumberReaders() {}

  static AvroValueReader of(Schema schema, ValueType type) {
    return switch (schema.getType()) {
      case INT -> ofInt(schema, type);
      case LONG -> ofLong(schema, type);
      case FLOAT -> ofFloat(schema, type);
      case DOUBLE -> ofDouble(schema, type);
      case BYTES ->
          type.kind() == Kind.STRING && schema.getLogicalType() == null
              ? (input, violations) -> input.readString()
              : ofBytes(schema, type, AvroInput::readBytes);
      case FIXED -> {
        int size = schema.getFixedSize();
        yield ofBytes(schema, type, input -> input.readFixed(size));
      }
      case RECORD, ENUM, ARRAY, MAP, UNION, STRING, BOOLEAN, NULL -> throw mismatch(schema, type);
    };
  }

  private static AvroValueReader ofInt(Schema schema, ValueType type) {
    return switch (type.kind()) {
      case INT32 -> (input, violations) -> input.readInt();
      case INT64 -> (input, violations) -> (long) input.readInt();
      case FLOAT -> (input, violations) -> (float) input.readInt();
      case DOUBLE -> (input, violations) -> (double) input.readInt();
      case TIMESTAMP -> {
        if (!(schema.getLogicalType() instanceof LogicalTypes.Date)) {
          throw mismatch(schema, type);
        }
        yield (input, violations) -> input.readInt() * MILLIS_PER_DAY;
      }
      case BOOL, DECIMAL, STRING, BYTES, ARRAY, MAP -> throw mismatch(schema, type);
    };
  }

  private static AvroValueReader ofLong(Schema schema, ValueType type) {
    return switch (type.kind()) {
      case INT64 -> (input, violations) -> input.readLong();
      case FLOAT -> (input, violations) -> (float) input.readLong();
      case DOUBLE -> (input, violations) -> (double) input.readLong();
      case TIMESTAMP -> {
        long unitsPerMilli = unitsPerMilli(schema);
        yield (input, violations) -> Math.floorDiv(input.readLong(), unitsPerMilli);
      }
      case BOOL, INT32, DECIMAL, STRING, BYTES, ARRAY, MAP -> throw mismatch(schema, type);
    };
  }

  private static long unitsPerMilli(Schema schema) {
    if (schema.getLogicalType() instanceof LogicalTypes.TimestampMicros
        || schema.getLogicalType() instanceof LogicalTypes.LocalTimestampMicros) {
      return MICROS_PER_MILLI;
    }
    if (schema.getLogicalType() instanceof LogicalTypes.TimestampNanos
        || schema.getLogicalType() instanceof LogicalTypes.LocalTimestampNanos) {
      return NANOS_PER_MILLI;
    }
    return 1;
  }

  private static AvroValueReader ofFloat(Schema schema, ValueType type) {
    return switch (type.kind()) {
      case FLOAT -> (input, violations) -> NumberRules.finite(input.readFloat(), violations);
      case DOUBLE ->
          (input, violations) -> NumberRules.finite((double) input.readFloat(), violations);
      case BOOL, INT32, INT64, DECIMAL, STRING, BYTES, TIMESTAMP, ARRAY, MAP ->
          throw mismatch(schema, type);
    };
  }

  private static AvroValueReader ofDouble(Schema schema, ValueType type) {
    if (type.kind() != Kind.DOUBLE) {
      throw mismatch(schema, type);
    }
    return (input, violations) -> NumberRules.finite(input.readDouble(), violations);
  }

  private static AvroValueReader ofBytes(Schema schema, ValueType type, Bytes bytes) {
    if (type.kind() == Kind.DECIMAL && schema.getLogicalType() instanceof LogicalTypes.Decimal d) {
      return (input, violations) -> {
        byte[] unscaled = bytes.read(input);
        if (unscaled.length == 0) {
          throw RejectedException.undecodable("found no bytes, expected a decimal");
        }
        BigDecimal value = new BigDecimal(new BigInteger(unscaled), d.getScale());
        return NumberRules.exact(value, type, violations);
      };
    }
    return plain(schema, type, Kind.BYTES, bytes::read);
  }

  @FunctionalInterface
  private interface Bytes {
    byte[] read(AvroInput input) throws RejectedException;
  }
}
