// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.feast;

import com.google.protobuf.CodedInputStream;
import io.tailwater.aggregation.ValueType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Values as messages {@code feast.types.Value}, written and read without Feast's generated classes.
 *
 * <table>
 * <caption>Which member of the message has a value</caption>
 * <tr><th>type</th><th>member</th></tr>
 * <tr><td>BYTES, STRING, INT32, INT64, DOUBLE, FLOAT, BOOL</td><td>that of its name</td></tr>
 * <tr><td>TIMESTAMP</td><td>{@code unix_timestamp_val}, which is in seconds: what is finer is cut
 *     off</td></tr>
 * <tr><td>DECIMAL</td><td>{@code string_val}, decimal with the type's scale</td></tr>
 * <tr><td>ARRAY</td><td>the list of the element's member; of arrays and maps there is none. No
 *     list holds nulls: an array with one is null</td></tr>
 * <tr><td>MAP</td><td>{@code map_val}, by code points of its keys</td></tr>
 * <tr><td>null</td><td>no bytes at all</td></tr>
 * </table>
 *
 * @see <a
 *     href="https://github.com/feast-dev/feast/blob/master/protos/feast/types/Value.proto">Value.proto</a>
 */
public final class FeastValues {
  private static final byte[] NULL = {};
  static final long SECOND_MS = 1_000;

  private FeastValues() {}

  /**
   * Refuses a type that the message cannot hold.
   *
   * @throws IllegalArgumentException saying which part of it
   */
  public static void requireRepresentable(ValueType type) {
    switch (type.kind()) {
      case ARRAY -> requireScalar(Members.element(type));
      case MAP -> requireRepresentable(Members.element(type));
      default -> {}
    }
  }

  private static void requireScalar(ValueType type) {
    if (type.kind() == ValueType.Kind.ARRAY || type.kind() == ValueType.Kind.MAP) {
      throw new IllegalArgumentException(
          "found an array of %s, expected one of scalars: Feast's layout has no other"
              .formatted(type));
    }
  }

  /** The bytes of a value of the type's Java class, or of null. */
  public static byte[] encode(ValueType type, @Nullable Object value) {
    if (value == null || hasNull(value)) {
      return NULL;
    }
    try {
      return Message.of(out -> ValueWriter.write(type, value, out));
    } catch (IOException e) {
      throw new UncheckedIOException("an array does not fail", e);
    }
  }

  private static boolean hasNull(Object value) {
    return value instanceof List<?> list && list.stream().anyMatch(Objects::isNull);
  }

  /**
   * Reads what {@link #encode} or Feast wrote.
   *
   * @throws IllegalArgumentException if it is no value of that type
   */
  public static @Nullable Object decode(ValueType type, byte[] bytes) {
    if (bytes.length == 0) {
      return null;
    }
    try {
      return ValueReader.read(type, CodedInputStream.newInstance(bytes));
    } catch (IOException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "%d bytes are no value of type %s: %s".formatted(bytes.length, type, e.getMessage()), e);
    }
  }

  /** The message {@code google.protobuf.Timestamp} of an instant in milliseconds. */
  public static byte[] timestamp(long millis) {
    try {
      return Message.of(
          out -> {
            long seconds = Math.floorDiv(millis, SECOND_MS);
            int nanos = Math.toIntExact(Math.floorMod(millis, SECOND_MS) * 1_000_000);
            if (seconds != 0) {
              out.writeInt64(1, seconds);
            }
            if (nanos != 0) {
              out.writeInt32(2, nanos);
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("an array does not fail", e);
    }
  }
}
