// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.aggregation.AggregationPlan;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a savepoint says about windows: the whole plan, since the bytes of states do not repeat it.
 * State of another plan is refused.
 */
public abstract class PlanSerializerSnapshot<T> implements TypeSerializerSnapshot<T> {
  private static final int VERSION = 1;

  private AggregationPlan plan;

  PlanSerializerSnapshot() {
    this(new AggregationPlan(List.of(), List.of()));
  }

  PlanSerializerSnapshot(AggregationPlan plan) {
    this.plan = plan;
  }

  abstract TypeSerializer<T> serializer(AggregationPlan restored);

  @Override
  public final int getCurrentVersion() {
    return VERSION;
  }

  @Override
  public final void writeSnapshot(DataOutputView out) throws IOException {
    PlanBytes.write(plan, out);
  }

  @Override
  public final void readSnapshot(int readVersion, DataInputView in, ClassLoader loader)
      throws IOException {
    if (readVersion != VERSION) {
      throw new IOException(
          "Window state of format %d; this version of Tailwater reads format %d"
              .formatted(readVersion, VERSION));
    }
    plan = PlanBytes.read(in);
  }

  @Override
  public final TypeSerializer<T> restoreSerializer() {
    return serializer(plan);
  }

  @Override
  public final TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
      TypeSerializerSnapshot<T> old) {
    return old instanceof PlanSerializerSnapshot<?> that
            && that.getClass() == getClass()
            && plan.equals(that.plan)
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.incompatible();
  }
}
