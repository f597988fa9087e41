// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.program.ViewProgram;
import io.tailwater.stores.DeadLetter;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What travels through a view and what its state is made of, none of it by Kryo. */
class StreamTypesTest {
  private static final FeatureView VIEW =
      TestViews.spend(10, TestViews.count(5), TestViews.of(AggregateFunction.SUM, 5));
  private static final AggregationPlan PLAN = ViewProgram.planOf(VIEW);

  @Test
  void aDeadLetterIsSerializedAsPojo() {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(DeadLetter.class);
  }

  static Stream<TypeSerializer<?>> serializers() {
    SerializerConfigImpl config = new SerializerConfigImpl();
    return Stream.of(
        new ViewEventTypeInfo(VIEW).createSerializer(config),
        new EntityKeyTypeInfo(VIEW).createSerializer(config),
        new EntityStateSerializer(PLAN),
        new ChunkSerializer(PLAN),
        new ChunkIdsSerializer());
  }

  @ParameterizedTest
  @MethodSource("serializers")
  <T> void aSavepointRestoresTheSerializer(TypeSerializer<T> serializer) throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());

    TypeSerializerSnapshot<T> restored =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());

    assertThat(restored.restoreSerializer()).isEqualTo(serializer);
    assertThat(
            serializer
                .snapshotConfiguration()
                .resolveSchemaCompatibility(restored)
                .isCompatibleAsIs())
        .isTrue();
  }

  @Test
  void stateOfOtherWindowsIsRefused() {
    AggregationPlan other = ViewProgram.planOf(TestViews.spend(10, TestViews.count(6)));

    assertThat(
            new EntityStateSerializerSnapshot(other)
                .resolveSchemaCompatibility(new EntityStateSerializerSnapshot(PLAN))
                .isIncompatible())
        .isTrue();
  }
}
