// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.window.EntityEngine;
import io.tailwater.aggregation.window.EntityStateCodec;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * A serializer of what the windows of a plan keep: a length and the bytes of the core's codec. Not
 * thread-safe, as Flink expects: each thread has its duplicate.
 */
abstract class PlanSerializer<T> extends TypeSerializer<T> {
  private static final long serialVersionUID = 1L;

  /** Of what is the same whatever the plan: event ids and pages. */
  static final AggregationPlan ANY_PLAN = new AggregationPlan(List.of(), List.of());

  private final AggregationPlan plan;
  private transient @Nullable EntityEngine engine;
  private transient @Nullable EntityStateCodec codec;
  private transient @Nullable ByteWriter writer;

  PlanSerializer(AggregationPlan plan) {
    this.plan = plan;
  }

  final AggregationPlan plan() {
    return plan;
  }

  /** Made when it is first needed: the plan alone travels with the job. */
  final EntityEngine engine() {
    EntityEngine current = engine;
    if (current == null) {
      current = new EntityEngine(plan, 0, results -> results);
      engine = current;
    }
    return current;
  }

  final EntityStateCodec codec() {
    EntityStateCodec current = codec;
    if (current == null) {
      current = engine().codec();
      codec = current;
    }
    return current;
  }

  private ByteWriter emptyWriter() {
    ByteWriter current = writer;
    if (current == null) {
      current = new ByteWriter();
      writer = current;
    }
    current.reset();
    return current;
  }

  abstract void write(T value, ByteWriter out);

  abstract T read(ByteReader in);

  @Override
  public final void serialize(T value, DataOutputView target) throws IOException {
    ByteWriter out = emptyWriter();
    write(value, out);
    target.writeInt(out.size());
    out.writeTo(target);
  }

  @Override
  public final T deserialize(DataInputView source) throws IOException {
    byte[] bytes = new byte[source.readInt()];
    source.readFully(bytes);
    return read(new ByteReader(bytes));
  }

  @Override
  public final T deserialize(T reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public final T copy(T from, T reuse) {
    return copy(from);
  }

  @Override
  public final void copy(DataInputView source, DataOutputView target) throws IOException {
    int length = source.readInt();
    target.writeInt(length);
    target.write(source, length);
  }

  @Override
  public final int getLength() {
    return -1;
  }

  /** The serializers of one plan differ by what they serialize, which is their class. */
  @Override
  @SuppressWarnings("EqualsGetClass")
  public final boolean equals(Object other) {
    return other != null
        && other.getClass() == getClass()
        && plan.equals(((PlanSerializer<?>) other).plan);
  }

  @Override
  public final int hashCode() {
    return plan.hashCode();
  }
}
