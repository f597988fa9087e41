// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.types;

import io.tailwater.aggregation.ValueType;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes rows of values whose types are known: each value of the Java class that {@link
 * ValueType} names, or null. Bit exact, whatever the size of a string.
 *
 * <p>The arrays count as immutable: {@code copy} returns its argument. Thread-safe.
 */
public final class ValuesSerializer extends ImmutableSerializer<Object[]> {
  private final List<ValueType> types;
  private final ValueCodec[] codecs;

  /** A serializer of rows that hold one value of each of {@code types}, in that order. */
  public ValuesSerializer(List<ValueType> types) {
    this.types = List.copyOf(types);
    this.codecs = types.stream().map(ValueCodec::of).toArray(ValueCodec[]::new);
  }

  /** The types of a row's values, in order. */
  public List<ValueType> types() {
    return types;
  }

  @Override
  public Object[] createInstance() {
    return new Object[codecs.length];
  }

  /**
   * Appends {@code values}.
   *
   * @throws IOException if there are more or fewer values than types, or a decimal is not of its
   *     type's scale
   */
  @Override
  public void serialize(Object[] values, DataOutputView target) throws IOException {
    if (values.length != codecs.length) {
      throw new IOException(
          "A row of %d values for the %d types %s".formatted(values.length, codecs.length, types));
    }
    NullableValues.write(values, i -> codecs[i], target);
  }

  @Override
  public Object[] deserialize(DataInputView source) throws IOException {
    return NullableValues.read(codecs.length, i -> codecs[i], source);
  }

  @Override
  public TypeSerializerSnapshot<Object[]> snapshotConfiguration() {
    return new ValuesSerializerSnapshot(types);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ValuesSerializer that && types.equals(that.types);
  }

  @Override
  public int hashCode() {
    return types.hashCode();
  }

  @Override
  public String toString() {
    return "ValuesSerializer" + types;
  }
}
