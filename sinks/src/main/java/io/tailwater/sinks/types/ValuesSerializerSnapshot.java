// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.types;

import io.tailwater.aggregation.ValueType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a savepoint says about a {@link ValuesSerializer}: the types of its values. Rows of other
 * types are incompatible.
 */
public final class ValuesSerializerSnapshot implements TypeSerializerSnapshot<Object[]> {
  private static final int VERSION = 1;

  private List<ValueType> types;

  /** For Flink, which then calls {@link #readSnapshot}. */
  public ValuesSerializerSnapshot() {
    this(List.of());
  }

  ValuesSerializerSnapshot(List<ValueType> types) {
    this.types = types;
  }

  @Override
  public int getCurrentVersion() {
    return VERSION;
  }

  @Override
  public void writeSnapshot(DataOutputView out) throws IOException {
    out.writeInt(types.size());
    for (ValueType type : types) {
      ValueTypes.write(type, out);
    }
  }

  @Override
  public void readSnapshot(int readVersion, DataInputView in, ClassLoader userCodeClassLoader)
      throws IOException {
    if (readVersion != VERSION) {
      throw new IOException(
          "Rows of format %d; this version of Tailwater reads format %d"
              .formatted(readVersion, VERSION));
    }
    int size = in.readInt();
    List<ValueType> read = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      read.add(ValueTypes.read(in));
    }
    types = List.copyOf(read);
  }

  @Override
  public TypeSerializer<Object[]> restoreSerializer() {
    return new ValuesSerializer(types);
  }

  @Override
  public TypeSerializerSchemaCompatibility<Object[]> resolveSchemaCompatibility(
      TypeSerializerSnapshot<Object[]> oldSerializerSnapshot) {
    return oldSerializerSnapshot instanceof ValuesSerializerSnapshot old && types.equals(old.types)
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.incompatible();
  }
}
