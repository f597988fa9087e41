// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.types;

import static io.tailwater.sinks.types.SerializerFixture.ALL_TYPES;
import static io.tailwater.sinks.types.SerializerFixture.roundTrip;
import static io.tailwater.sinks.types.SerializerFixture.savedAndRead;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.ValueType;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class RowTypeInfosTest {
  private static final List<ValueType> KEYS = List.of(ValueType.INT64, ValueType.STRING);

  private final OnlineVectorTypeInfo vectors = new OnlineVectorTypeInfo(KEYS, ALL_TYPES);
  private final OfflineRowTypeInfo rows = new OfflineRowTypeInfo(KEYS, ALL_TYPES);

  @Test
  void vectorsComeBackBitForBit() throws IOException {
    for (long seed = 0; seed < 100; seed++) {
      RandomValues random = new RandomValues(seed);
      OnlineVector vector =
          new OnlineVector(
              new Object[] {seed, "key"},
              seed,
              OnlineVector.FOREVER,
              3,
              4,
              random.row(ALL_TYPES),
              seed % 2 == 0 ? OnlineVector.COMPLETE : new long[] {seed, -seed, Long.MAX_VALUE});

      assertThat(roundTrip(serializer(vectors), vector))
          .as("seed %d", seed)
          .usingRecursiveComparison()
          .isEqualTo(vector);
    }
  }

  @Test
  void rowsComeBackBitForBit() throws IOException {
    for (long seed = 0; seed < 100; seed++) {
      RandomValues random = new RandomValues(seed);
      OfflineRow row =
          new OfflineRow(new Object[] {seed, ""}, -seed, 1L << seed, random.row(ALL_TYPES));

      assertThat(roundTrip(serializer(rows), row))
          .as("seed %d", seed)
          .usingRecursiveComparison()
          .isEqualTo(row);
    }
  }

  @Test
  void surviveShippingAndSavepoints() throws IOException, ClassNotFoundException {
    for (TypeInformation<?> type : List.of(vectors, rows)) {
      assertThat(InstantiationUtil.clone(type)).isEqualTo(type);
      assertThat(savedAndRead(serializer(type)).restoreSerializer()).isEqualTo(serializer(type));
    }
  }

  @Test
  void areCompatibleWithTheSameTypesOnly() throws IOException {
    TypeSerializer<OfflineRow> other =
        serializer(new OfflineRowTypeInfo(KEYS, List.of(ValueType.INT64)));

    assertThat(
            other
                .snapshotConfiguration()
                .resolveSchemaCompatibility(savedAndRead(serializer(rows)))
                .isIncompatible())
        .isTrue();
    assertThat(
            serializer(rows)
                .snapshotConfiguration()
                .resolveSchemaCompatibility(savedAndRead(serializer(rows)))
                .isCompatibleAsIs())
        .isTrue();
  }

  @Test
  void differByClassAndTypes() {
    assertThat(rows).isNotEqualTo(vectors).isNotEqualTo(new OfflineRowTypeInfo(ALL_TYPES, KEYS));
    assertThat(rows).hasToString("OfflineRow(keys=[INT64, STRING], values=" + ALL_TYPES + ")");
  }

  private static <T> TypeSerializer<T> serializer(TypeInformation<T> type) {
    return type.createSerializer(new SerializerConfigImpl());
  }
}
