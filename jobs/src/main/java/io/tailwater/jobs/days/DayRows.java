// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.days;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.jobs.source.OrderedBytes;
import io.tailwater.sinks.types.OfflineRowTypeInfo;
import io.tailwater.stores.OfflineRow;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A view's rows as bytes that say where they belong without being read. Not thread-safe: each task
 * has a copy.
 *
 * <pre>
 * bytes = day since the epoch (int), end of the order (int), order, row
 * order = join keys, event timestamp ({@link OrderedBytes})
 * </pre>
 */
final class DayRows implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);
  private static final int HEAD = 2 * Integer.BYTES;

  private final List<ValueType> keys;
  private final TypeSerializer<OfflineRow> rows;
  private transient @Nullable Buffers buffers;

  DayRows(List<ValueType> keys, TypeSerializer<OfflineRow> rows) {
    this.keys = keys;
    this.rows = rows;
  }

  static DayRows of(StoredView view, SerializerConfig config) {
    return new DayRows(
        view.entity().joinKeys().stream().map(JoinKey::type).toList(),
        OfflineRowTypeInfo.of(view).createSerializer(config));
  }

  /** What is used again for each row. */
  private record Buffers(OrderedBytes order, DataOutputSerializer out, DataInputDeserializer in) {}

  byte[] encode(OfflineRow row) throws IOException {
    Buffers used = buffers();
    OrderedBytes order = used.order;
    order.reset();
    for (int i = 0; i < keys.size(); i++) {
      order.append(row.key()[i], keys.get(i));
    }
    order.append(row.eventTimestamp(), ValueType.TIMESTAMP);
    byte[] ordered = order.toByteArray();
    DataOutputSerializer out = used.out;
    out.clear();
    // Tables have instants in microseconds, whose days are integers.
    out.writeInt((int) Math.floorDiv(row.eventTimestamp(), DAY_MS));
    out.writeInt(HEAD + ordered.length);
    out.write(ordered);
    rows.serialize(row, out);
    return out.getCopyOfBuffer();
  }

  OfflineRow decode(byte[] bytes) throws IOException {
    DataInputDeserializer in = buffers().in;
    int start = endOfOrder(bytes);
    in.setBuffer(bytes, start, bytes.length - start);
    return rows.deserialize(in);
  }

  private Buffers buffers() {
    if (buffers == null) {
      buffers =
          new Buffers(
              new OrderedBytes(), new DataOutputSerializer(128), new DataInputDeserializer());
    }
    return buffers;
  }

  /** The day of a row, since the epoch. */
  static int day(byte[] row) {
    return intAt(row, 0);
  }

  /** By entity and time. */
  static int compare(byte[] row, byte[] other) {
    return Arrays.compareUnsigned(row, HEAD, endOfOrder(row), other, HEAD, endOfOrder(other));
  }

  private static int endOfOrder(byte[] row) {
    return intAt(row, Integer.BYTES);
  }

  private static int intAt(byte[] row, int start) {
    int value = 0;
    for (int i = start; i < start + Integer.BYTES; i++) {
      value = (value << Byte.SIZE) | (row[i] & 0xFF);
    }
    return value;
  }
}
