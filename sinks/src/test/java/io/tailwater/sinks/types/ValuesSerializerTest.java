// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.types;

import static io.tailwater.sinks.types.SerializerFixture.ALL_TYPES;
import static io.tailwater.sinks.types.SerializerFixture.bytes;
import static io.tailwater.sinks.types.SerializerFixture.roundTrip;
import static io.tailwater.sinks.types.SerializerFixture.savedAndRead;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.aggregation.ValueType;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class ValuesSerializerTest {
  private final ValuesSerializer serializer = new ValuesSerializer(ALL_TYPES);

  @Test
  void rowsOfEveryTypeComeBackBitForBit() throws IOException {
    for (long seed = 0; seed < 500; seed++) {
      Object[] row = new RandomValues(seed).row(ALL_TYPES);

      assertThat(roundTrip(serializer, row)).as("seed %d", seed).isEqualTo(row);
    }
  }

  @Test
  void floatsKeepTheirBits() throws IOException {
    ValuesSerializer doubles = new ValuesSerializer(List.of(ValueType.DOUBLE, ValueType.FLOAT));

    Object[] read = roundTrip(doubles, new Object[] {-0.0, -0.0f});

    assertThat(Double.doubleToRawLongBits((Double) read[0])).isEqualTo(Long.MIN_VALUE);
    assertThat(Float.floatToRawIntBits((Float) read[1])).isEqualTo(Integer.MIN_VALUE);
  }

  @Test
  void stringsMayBeLongAndMayHoldUnpairedSurrogates() throws IOException {
    ValuesSerializer strings = new ValuesSerializer(List.of(ValueType.STRING));
    Object[] row = {"\uD800 €".repeat(100_000)};

    assertThat(roundTrip(strings, row)).isEqualTo(row);
  }

  @Test
  void nullsTakeOneBitAndSmallNumbersOneByte() throws IOException {
    ValuesSerializer counts =
        new ValuesSerializer(List.of(ValueType.INT64, ValueType.INT64, ValueType.INT64));

    assertThat(bytes(counts, new Object[] {null, null, null})).hasSize(1);
    assertThat(bytes(counts, new Object[] {7L, -7L, null})).hasSize(3);
  }

  @Test
  void theBytesStayAsTheyAre() throws IOException {
    ValuesSerializer several =
        new ValuesSerializer(
            List.of(ValueType.INT64, ValueType.STRING, ValueType.decimal(4, 2), ValueType.BOOL));

    assertThat(bytes(several, new Object[] {-300L, "ab", new BigDecimal("12.34"), null}))
        .containsExactly(0b1000, 0xd7, 0x04, 0x03, 'a', 'b', 0x02, 0x04, 0xd2);
  }

  @Test
  void severalRowsFollowOneAnother() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    Object[] first = new RandomValues(1).row(ALL_TYPES);
    Object[] second = new RandomValues(2).row(ALL_TYPES);
    serializer.serialize(first, out);
    serializer.serialize(second, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    DataOutputSerializer copy = new DataOutputSerializer(64);

    serializer.copy(in, copy);

    assertThat(serializer.deserialize(in)).isEqualTo(second);
    assertThat(copy.getCopyOfBuffer()).isEqualTo(bytes(serializer, first));
  }

  @Test
  void copiesAreTheSameArray() {
    Object[] row = new RandomValues(3).row(ALL_TYPES);

    assertThat(serializer.copy(row)).isSameAs(row);
    assertThat(serializer.isImmutableType()).isTrue();
  }

  @Test
  void rowsOfAnotherLengthAreRefused() {
    ValuesSerializer one = new ValuesSerializer(List.of(ValueType.BOOL));

    assertThatThrownBy(() -> bytes(one, new Object[] {true, false}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("A row of 2 values for the 1 types [BOOL]");
  }

  @Test
  void decimalsOfAnotherScaleAreRefused() {
    ValuesSerializer one = new ValuesSerializer(List.of(ValueType.decimal(10, 2)));

    assertThatThrownBy(() -> bytes(one, new Object[] {new BigDecimal("1.5")}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("DECIMAL(10,2) expects scale 2, found 1 in 1.5");
  }

  @Test
  void survivesShippingAndSavepoints() throws IOException, ClassNotFoundException {
    assertThat(InstantiationUtil.clone(serializer)).isEqualTo(serializer);
    assertThat(savedAndRead(serializer).restoreSerializer()).isEqualTo(serializer);
  }

  @Test
  void isCompatibleWithTheSameTypesOnly() throws IOException {
    ValuesSerializer wider = new ValuesSerializer(List.of(ValueType.decimal(12, 2)));
    ValuesSerializer narrower = new ValuesSerializer(List.of(ValueType.decimal(10, 2)));

    assertThat(
            narrower
                .snapshotConfiguration()
                .resolveSchemaCompatibility(savedAndRead(narrower))
                .isCompatibleAsIs())
        .isTrue();
    assertThat(
            narrower
                .snapshotConfiguration()
                .resolveSchemaCompatibility(savedAndRead(wider))
                .isIncompatible())
        .isTrue();
  }

  @Test
  void anUnknownFormatIsRefused() {
    assertThatThrownBy(
            () ->
                new ValuesSerializerSnapshot()
                    .readSnapshot(
                        2,
                        new DataInputDeserializer(new byte[8]),
                        ValuesSerializerTest.class.getClassLoader()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("format 2");
  }
}
