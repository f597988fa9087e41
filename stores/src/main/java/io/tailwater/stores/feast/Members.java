// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.feast;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.WireFormat;
import io.tailwater.aggregation.ValueType;

/** Which members of {@code feast.types.Value} have values of our types. */
final class Members {
  static final int MAP = 20;

  /** From a scalar's member to that of its list. */
  private static final int TO_LIST = 10;

  private Members() {}

  static int of(ValueType type) {
    return switch (type.kind()) {
      case BYTES -> 1;
      case STRING, DECIMAL -> 2;
      case INT32 -> 3;
      case INT64 -> 4;
      case DOUBLE -> 5;
      case FLOAT -> 6;
      case BOOL -> 7;
      case TIMESTAMP -> 8;
      case ARRAY -> of(element(type)) + TO_LIST;
      case MAP -> MAP;
    };
  }

  static int wireType(ValueType type) {
    return switch (type.kind()) {
      case INT32, INT64, BOOL, TIMESTAMP -> WireFormat.WIRETYPE_VARINT;
      case DOUBLE -> WireFormat.WIRETYPE_FIXED64;
      case FLOAT -> WireFormat.WIRETYPE_FIXED32;
      case BYTES, STRING, DECIMAL, ARRAY, MAP -> WireFormat.WIRETYPE_LENGTH_DELIMITED;
    };
  }

  /** Whether lists of it are packed into one run of bytes. */
  static boolean isPacked(ValueType type) {
    return wireType(type) != WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  /** The type of an array's elements or a map's values. */
  static ValueType element(ValueType type) {
    return requireNonNull(type.element(), "an array or map has an element type");
  }
}
