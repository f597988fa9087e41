// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.join;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailwater.aggregation.ValueType;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.table.data.RowData;

/**
 * An entity's key as bytes: equal keys, and only these, have equal bytes. Numbers have a fixed
 * length, texts and bytes begin with theirs, so that (1, 23) and (12, 3) differ. Thread-safe.
 */
final class KeyCodec {
  private final ValueType[] types;

  KeyCodec(List<ValueType> types) {
    this.types = types.toArray(ValueType[]::new);
  }

  /** Appends a key whose values are of the types' Java classes, none null. */
  void write(Object[] key, DataOutputSerializer out) throws IOException {
    for (int i = 0; i < types.length; i++) {
      switch (types[i].kind()) {
        case BOOL -> out.writeBoolean((Boolean) key[i]);
        case INT32 -> out.writeInt((Integer) key[i]);
        case INT64, TIMESTAMP -> out.writeLong((Long) key[i]);
        case STRING -> writeBytes(((String) key[i]).getBytes(UTF_8), out);
        case BYTES -> writeBytes((byte[]) key[i], out);
        case FLOAT, DOUBLE, DECIMAL, ARRAY, MAP -> throw notAKey(types[i]);
      }
    }
  }

  /** Appends the key that stands in the first columns of a table's row. */
  void write(RowData row, DataOutputSerializer out) throws IOException {
    for (int i = 0; i < types.length; i++) {
      switch (types[i].kind()) {
        case BOOL -> out.writeBoolean(row.getBoolean(i));
        case INT32 -> out.writeInt(row.getInt(i));
        case INT64 -> out.writeLong(row.getLong(i));
        case TIMESTAMP -> out.writeLong(Instants.millis(row, i));
        case STRING -> writeBytes(row.getString(i).toBytes(), out);
        case BYTES -> writeBytes(row.getBinary(i), out);
        case FLOAT, DOUBLE, DECIMAL, ARRAY, MAP -> throw notAKey(types[i]);
      }
    }
  }

  private static void writeBytes(byte[] bytes, DataOutputSerializer out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static IllegalArgumentException notAKey(ValueType type) {
    return new IllegalArgumentException(type + " is not the type of a join key");
  }
}
