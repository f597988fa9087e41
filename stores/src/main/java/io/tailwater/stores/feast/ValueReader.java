// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.feast;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.tailwater.aggregation.ValueType;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what {@link FeastValues} says. */
final class ValueReader {
  private ValueReader() {}

  static Object read(ValueType type, CodedInputStream in) throws IOException {
    ValueType written = written(type, WireFormat.getTagFieldNumber(in.readTag()));
    return switch (type.kind()) {
      case ARRAY -> readList(Members.element(type), Members.element(written), nested(in));
      case MAP -> readMap(Members.element(type), nested(in));
      default -> widened(type, readScalar(written, in));
    };
  }

  /** The type that a value has in the message: a vector may be older than its feature's type. */
  private static ValueType written(ValueType type, int member) throws IOException {
    if (member == Members.of(type)) {
      return type;
    }
    ValueType narrower = narrower(type);
    if (narrower == null || member != Members.of(narrower)) {
      throw new IOException("found member %d, expected %d".formatted(member, Members.of(type)));
    }
    return narrower;
  }

  /** What a type may have been widened from. A map says of each value by itself what it is. */
  private static @Nullable ValueType narrower(ValueType type) {
    return switch (type.kind()) {
      case INT64 -> ValueType.INT32;
      case DOUBLE -> ValueType.FLOAT;
      case ARRAY -> {
        ValueType element = narrower(Members.element(type));
        yield element == null ? null : ValueType.arrayOf(element);
      }
      default -> null;
    };
  }

  private static Object widened(ValueType type, Object value) {
    return switch (type.kind()) {
      case INT64 -> ((Number) value).longValue();
      case DOUBLE -> ((Number) value).doubleValue();
      default -> value;
    };
  }

  private static Object readScalar(ValueType type, CodedInputStream in) throws IOException {
    return switch (type.kind()) {
      case BYTES -> in.readByteArray();
      case STRING -> in.readString();
      case DECIMAL -> new BigDecimal(in.readString()).setScale(type.scale());
      case INT32 -> in.readInt32();
      case INT64 -> in.readInt64();
      case DOUBLE -> in.readDouble();
      case FLOAT -> in.readFloat();
      case BOOL -> in.readBool();
      case TIMESTAMP -> Math.multiplyExact(in.readInt64(), FeastValues.SECOND_MS);
      case ARRAY, MAP -> throw new IOException("%s is no scalar".formatted(type));
    };
  }

  private static List<Object> readList(ValueType element, ValueType written, CodedInputStream in)
      throws IOException {
    List<Object> values = new ArrayList<>();
    while (!in.isAtEnd()) {
      boolean packed =
          WireFormat.getTagWireType(in.readTag()) == WireFormat.WIRETYPE_LENGTH_DELIMITED
              && Members.isPacked(written);
      if (!packed) {
        values.add(widened(element, readScalar(written, in)));
        continue;
      }
      CodedInputStream numbers = nested(in);
      while (!numbers.isAtEnd()) {
        values.add(widened(element, readScalar(written, numbers)));
      }
    }
    return values;
  }

  private static Map<String, @Nullable Object> readMap(ValueType element, CodedInputStream in)
      throws IOException {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    while (!in.isAtEnd()) {
      in.readTag();
      CodedInputStream entry = nested(in);
      String key = "";
      ByteString value = ByteString.EMPTY;
      while (!entry.isAtEnd()) {
        if (WireFormat.getTagFieldNumber(entry.readTag()) == 1) {
          key = entry.readString();
        } else {
          value = entry.readBytes();
        }
      }
      values.put(key, value.isEmpty() ? null : read(element, value.newCodedInput()));
    }
    return values;
  }

  private static CodedInputStream nested(CodedInputStream in) throws IOException {
    return in.readBytes().newCodedInput();
  }
}
