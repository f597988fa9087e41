// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.stores.DeadLetter;
import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;

class DeadLetterTypeTest {

  @Test
  void flinkNeedsNoKryoForIt() {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(DeadLetter.class);
  }

  @Test
  void lettersComeBackWithTheirNulls() throws IOException {
    DeadLetter full = Letters.letter("é".getBytes(UTF_8));
    DeadLetter sparse =
        new DeadLetter("orders", null, "UNDECODABLE", "no", "orders/0/7", null, 5, null, null);

    assertThat(roundTrip(full)).usingRecursiveComparison().isEqualTo(full);
    assertThat(roundTrip(sparse)).usingRecursiveComparison().isEqualTo(sparse);
  }

  private static DeadLetter roundTrip(DeadLetter letter) throws IOException {
    TypeSerializer<DeadLetter> serializer =
        TypeInformation.of(DeadLetter.class).createSerializer(new SerializerConfigImpl());
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(letter, out);
    return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
  }
}
