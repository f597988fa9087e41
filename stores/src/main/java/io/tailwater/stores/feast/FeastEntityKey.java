// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.feast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.JoinKey;
import java.io.Serializable;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The Redis keys of entities. All views of a project over one entity share the HASH of a key.
 *
 * <pre>
 * key   = number of join keys
 *         for each join key, by name:          2 | byte length | name
 *         for each value, in the same order:   type tag | byte length | value
 *         name of the project
 * </pre>
 *
 * Numbers are of 32 bits, little-endian; names and strings in UTF-8. Immutable and thread-safe.
 */
public final class FeastEntityKey implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int STRING_TAG = 2;

  private final byte[] project;
  private final List<JoinKey> joinKeys;

  /** Places in the entity's order, by name. */
  private final int[] byName;

  private final byte[] head;

  /**
   * @param joinKeys the entity's, in its order; not empty
   * @throws IllegalArgumentException if one is of a type that Feast has no exact key for
   */
  public FeastEntityKey(String project, List<JoinKey> joinKeys) {
    this.project = requireNonNull(project, "project is null").getBytes(UTF_8);
    this.joinKeys = List.copyOf(joinKeys);
    this.joinKeys.forEach(key -> tag(key));
    this.byName =
        IntStream.range(0, joinKeys.size())
            .boxed()
            .sorted(
                Comparator.comparing(
                    i -> joinKeys.get(i).name().getBytes(UTF_8), Arrays::compareUnsigned))
            .mapToInt(Integer::intValue)
            .toArray();
    this.head = head();
  }

  /**
   * The key of an entity.
   *
   * @param values of the join keys in the entity's order, of their types' Java classes
   */
  public byte[] of(Object[] values) {
    if (values.length != byName.length) {
      throw new IllegalArgumentException(
          "found %d values of join keys, expected %d".formatted(values.length, byName.length));
    }
    List<byte[]> bytes = new ArrayList<>(byName.length);
    int length = head.length + project.length;
    for (int i : byName) {
      byte[] value = bytes(joinKeys.get(i).type(), values[i]);
      bytes.add(value);
      length += 2 * Integer.BYTES + value.length;
    }
    byte[] key = new byte[length];
    ByteBuffer out = littleEndian(key).put(head);
    for (int i = 0; i < byName.length; i++) {
      byte[] value = bytes.get(i);
      out.putInt(tag(joinKeys.get(byName[i]))).putInt(value.length).put(value);
    }
    out.put(project);
    return key;
  }

  /**
   * Whether a Redis key is of an entity with these join keys in this project.
   *
   * <p>Not even by its end can a key of another project be told from it without taking it apart.
   */
  public boolean isKey(byte[] redisKey) {
    if (redisKey.length < head.length
        || !Arrays.equals(redisKey, 0, head.length, head, 0, head.length)) {
      return false;
    }
    ByteBuffer key = littleEndian(redisKey).position(head.length);
    try {
      for (int i : byName) {
        int tag = key.getInt();
        int length = key.getInt();
        JoinKey joinKey = joinKeys.get(i);
        if (tag != tag(joinKey) || !isLength(joinKey.type(), length) || length > key.remaining()) {
          return false;
        }
        key.position(key.position() + length);
      }
    } catch (BufferUnderflowException e) {
      return false;
    }
    return key.equals(ByteBuffer.wrap(project));
  }

  private static boolean isLength(ValueType type, int length) {
    return switch (type.kind()) {
      case INT32 -> length == Integer.BYTES;
      case INT64 -> length == Long.BYTES;
      default -> length >= 0;
    };
  }

  /**
   * The values in a key.
   *
   * @return in the entity's order
   * @throws IllegalArgumentException if it is none of this project and these join keys
   */
  public Object[] parse(byte[] redisKey) {
    if (!isKey(redisKey)) {
      throw new IllegalArgumentException("not a key of these join keys in this project");
    }
    ByteBuffer key = littleEndian(redisKey).position(head.length);
    Object[] values = new Object[byName.length];
    for (int i : byName) {
      key.getInt();
      byte[] value = new byte[key.getInt()];
      key.get(value);
      values[i] = value(joinKeys.get(i).type(), value);
    }
    return values;
  }

  /** A pattern for SCAN that matches all of these keys, and perhaps some others. */
  public byte[] pattern() {
    byte[] pattern = new byte[2 * (head.length + project.length) + 1];
    int length = escape(head, pattern, 0);
    pattern[length++] = '*';
    length = escape(project, pattern, length);
    return Arrays.copyOf(pattern, length);
  }

  private static int escape(byte[] text, byte[] pattern, int at) {
    int end = at;
    for (byte b : text) {
      if ("\\*?[]^-".indexOf(b) >= 0) {
        pattern[end++] = '\\';
      }
      pattern[end++] = b;
    }
    return end;
  }

  private byte[] head() {
    List<byte[]> names = new ArrayList<>(byName.length);
    int length = Integer.BYTES;
    for (int i : byName) {
      byte[] name = joinKeys.get(i).name().getBytes(UTF_8);
      names.add(name);
      length += 2 * Integer.BYTES + name.length;
    }
    byte[] bytes = new byte[length];
    ByteBuffer out = littleEndian(bytes).putInt(names.size());
    names.forEach(name -> out.putInt(STRING_TAG).putInt(name.length).put(name));
    return bytes;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int tag(JoinKey key) {
    return switch (key.type().kind()) {
      case BYTES -> 1;
      case STRING -> STRING_TAG;
      case INT32 -> 3;
      case INT64 -> 4;
      default ->
          throw new IllegalArgumentException(
              "join key '%s': found %s, and Feast's layout has exact keys of INT32, INT64, STRING and BYTES alone; use one of these, or the native layout"
                  .formatted(key.name(), key.type()));
    };
  }

  private static byte[] bytes(ValueType type, Object value) {
    return switch (type.kind()) {
      case BYTES -> (byte[]) value;
      case STRING -> ((String) value).getBytes(UTF_8);
      case INT32 ->
          ByteBuffer.allocate(Integer.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt((Integer) value)
              .array();
      default ->
          ByteBuffer.allocate(Long.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong((Long) value)
              .array();
    };
  }

  private static Object value(ValueType type, byte[] bytes) {
    ByteBuffer number = littleEndian(bytes);
    return switch (type.kind()) {
      case BYTES -> bytes;
      case STRING -> new String(bytes, UTF_8);
      case INT32 -> number.getInt();
      default -> number.getLong();
    };
  }
}
