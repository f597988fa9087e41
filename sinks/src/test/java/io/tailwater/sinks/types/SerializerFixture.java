// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.types;

import io.tailwater.aggregation.ValueType;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** What Flink does with a serializer, in memory. */
public final class SerializerFixture {
  public static final List<ValueType> ALL_TYPES =
      List.of(
          ValueType.BOOL,
          ValueType.INT32,
          ValueType.INT64,
          ValueType.FLOAT,
          ValueType.DOUBLE,
          ValueType.STRING,
          ValueType.BYTES,
          ValueType.TIMESTAMP,
          ValueType.decimal(5, 2),
          ValueType.decimal(38, 0),
          ValueType.decimal(38, 38),
          ValueType.arrayOf(ValueType.STRING),
          ValueType.arrayOf(ValueType.arrayOf(ValueType.DOUBLE)),
          ValueType.mapOf(ValueType.DOUBLE),
          ValueType.mapOf(ValueType.arrayOf(ValueType.decimal(10, 4))));

  private SerializerFixture() {}

  static <T> byte[] bytes(TypeSerializer<T> serializer, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    return out.getCopyOfBuffer();
  }

  /** Reads one value, which must take all the bytes. */
  static <T> T read(TypeSerializer<T> serializer, byte[] bytes) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    T value = serializer.deserialize(in);
    if (in.available() != 0) {
      throw new IOException(in.available() + " bytes left");
    }
    return value;
  }

  static <T> T roundTrip(TypeSerializer<T> serializer, T value) throws IOException {
    return read(serializer, bytes(serializer, value));
  }

  /** The serializer's snapshot as a savepoint gives it back. */
  static <T> TypeSerializerSnapshot<T> savedAndRead(TypeSerializer<T> serializer)
      throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
    return TypeSerializerSnapshot.readVersionedSnapshot(
        new DataInputDeserializer(out.getCopyOfBuffer()), SerializerFixture.class.getClassLoader());
  }
}
