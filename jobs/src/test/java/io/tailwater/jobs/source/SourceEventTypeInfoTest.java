// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class SourceEventTypeInfoTest {
  private static final SourceEvent DECODED =
      new SourceEvent(
          new Object[] {
            "a",
            1L,
            true,
            2,
            3L,
            1.5f,
            -2.5,
            new BigDecimal("1.20"),
            new byte[] {4},
            List.of("x"),
            Map.of("y", 1.0)
          },
          77,
          new byte[] {9},
          null,
          null,
          "t/0/1",
          null,
          new byte[] {1, 2});
  private static final SourceEvent REFUSED =
      new SourceEvent(null, 0, null, "UNDECODABLE", "why", "f:1", new byte[0], null);

  private final TypeSerializer<SourceElement> serializer =
      new SourceElementTypeInfo(TestSources.everyType())
          .createSerializer(new SerializerConfigImpl());

  @Test
  void bringsElementsBackAsTheyWere() throws Exception {
    List<SourceElement> elements =
        List.of(
            SourceElement.event(3, 1L << 40, DECODED),
            SourceElement.event(3, 0, REFUSED),
            SourceElement.partitionAdded(1, 0),
            SourceElement.partitionFinished(2),
            SourceElement.caughtUp(4, 123),
            SourceElement.assignmentKnown());

    for (SourceElement element : elements) {
      assertThat(roundTrip(element, serializer)).usingRecursiveComparison().isEqualTo(element);
    }
  }

  @Test
  void restoresTheSerializerFromItsSnapshot() throws Exception {
    TypeSerializerSnapshot<SourceElement> snapshot = serializer.snapshotConfiguration();
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, snapshot);
    TypeSerializerSnapshot<SourceElement> read =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());

    assertThat(read.restoreSerializer()).isEqualTo(serializer);
  }

  @Test
  void copiesNothing() {
    SourceElement element = SourceElement.event(0, 0, DECODED);

    assertThat(serializer.copy(element)).isSameAs(element);
  }

  private static SourceElement roundTrip(
      SourceElement element, TypeSerializer<SourceElement> serializer) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(element, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    SourceElement result = serializer.deserialize(in);
    assertThat(in.available()).isZero();
    return result;
  }
}
