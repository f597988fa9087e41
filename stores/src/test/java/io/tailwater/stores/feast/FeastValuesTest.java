// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.feast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import feast.proto.types.ValueProto;
import feast.proto.types.ValueProto.Value;
import io.tailwater.aggregation.ValueType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Values beside Feast's own generated classes, in both directions. */
class FeastValuesTest {
  private static final int MAP = 20;
  private static final long SEED = 20261128;

  private final Random random = new Random(SEED);

  @Test
  void scalarsAreWhatFeastWrites() throws InvalidProtocolBufferException {
    for (int i = 0; i < 1_000; i++) {
      long number = random.nextLong() >> random.nextInt(64);
      double real = Double.longBitsToDouble(random.nextLong() & ~(1L << 62));
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);

      assertSame(ValueType.INT64, number, Value.newBuilder().setInt64Val(number));
      assertSame(ValueType.INT32, (int) number, Value.newBuilder().setInt32Val((int) number));
      assertSame(ValueType.DOUBLE, real, Value.newBuilder().setDoubleVal(real));
      assertSame(ValueType.FLOAT, (float) i, Value.newBuilder().setFloatVal(i));
      assertSame(ValueType.BOOL, i % 2 == 0, Value.newBuilder().setBoolVal(i % 2 == 0));
      assertSame(ValueType.STRING, "ü€😀" + i, Value.newBuilder().setStringVal("ü€😀" + i));
      assertSame(
          ValueType.BYTES,
          bytes,
          Value.newBuilder().setBytesVal(com.google.protobuf.ByteString.copyFrom(bytes)));
      assertSame(
          ValueType.TIMESTAMP,
          1_000L * i - 500_000,
          Value.newBuilder().setUnixTimestampVal(i - 500));
    }
    BigDecimal decimal = new BigDecimal("-0.00000012");
    assertSame(ValueType.decimal(38, 8), decimal, Value.newBuilder().setStringVal("-0.00000012"));
  }

  @Test
  void listsAreWhatFeastWrites() throws InvalidProtocolBufferException {
    assertSame(
        ValueType.arrayOf(ValueType.INT64),
        List.of(0L, -1L, Long.MAX_VALUE),
        Value.newBuilder()
            .setInt64ListVal(
                ValueProto.Int64List.newBuilder().addVal(0).addVal(-1).addVal(Long.MAX_VALUE)));
    assertSame(
        ValueType.arrayOf(ValueType.INT32),
        List.of(0, -1),
        Value.newBuilder().setInt32ListVal(ValueProto.Int32List.newBuilder().addVal(0).addVal(-1)));
    assertSame(
        ValueType.arrayOf(ValueType.FLOAT),
        List.of(1.5f, 0f),
        Value.newBuilder()
            .setFloatListVal(ValueProto.FloatList.newBuilder().addVal(1.5f).addVal(0)));
    assertSame(
        ValueType.arrayOf(ValueType.BOOL),
        List.of(true, false),
        Value.newBuilder()
            .setBoolListVal(ValueProto.BoolList.newBuilder().addVal(true).addVal(false)));
    assertSame(
        ValueType.arrayOf(ValueType.TIMESTAMP),
        List.of(1_000L, -2_000L),
        Value.newBuilder()
            .setUnixTimestampListVal(ValueProto.Int64List.newBuilder().addVal(1).addVal(-2)));
    assertSame(
        ValueType.arrayOf(ValueType.STRING),
        List.of("", "a"),
        Value.newBuilder()
            .setStringListVal(ValueProto.StringList.newBuilder().addVal("").addVal("a")));
    assertSame(
        ValueType.arrayOf(ValueType.DOUBLE),
        List.of(),
        Value.newBuilder().setDoubleListVal(ValueProto.DoubleList.getDefaultInstance()));
  }

  private static void assertSame(ValueType type, Object value, Value.Builder feast)
      throws InvalidProtocolBufferException {
    byte[] expected = feast.build().toByteArray();
    assertThat(FeastValues.encode(type, value)).as("%s %s", type, value).isEqualTo(expected);
    assertThat(Value.parseFrom(FeastValues.encode(type, value))).isEqualTo(feast.build());
    assertThat(FeastValues.decode(type, expected)).as("%s %s", type, value).isEqualTo(value);
  }

  /** Feast has maps since, as member 20: entries of a key and a value, whose bytes are these. */
  @Test
  void mapsAreEntriesOfKeyAndValue() throws InvalidProtocolBufferException {
    Map<String, Object> spend = new LinkedHashMap<>();
    spend.put("books", 12.5);
    spend.put("toys", 0.0);
    ValueType type = ValueType.mapOf(ValueType.DOUBLE);

    byte[] bytes = FeastValues.encode(type, spend);

    UnknownFieldSet map =
        UnknownFieldSet.parseFrom(
            UnknownFieldSet.parseFrom(bytes).getField(MAP).getLengthDelimitedList().get(0));
    List<UnknownFieldSet> entries =
        map.getField(1).getLengthDelimitedList().stream()
            .map(
                entry -> {
                  try {
                    return UnknownFieldSet.parseFrom(entry);
                  } catch (InvalidProtocolBufferException e) {
                    throw new AssertionError(e);
                  }
                })
            .toList();
    assertThat(entries)
        .extracting(entry -> entry.getField(1).getLengthDelimitedList().get(0).toStringUtf8())
        .containsExactly("books", "toys");
    assertThat(entries)
        .extracting(entry -> Value.parseFrom(entry.getField(2).getLengthDelimitedList().get(0)))
        .containsExactly(
            Value.newBuilder().setDoubleVal(12.5).build(),
            Value.newBuilder().setDoubleVal(0).build());
    assertThat(FeastValues.decode(type, bytes)).isEqualTo(spend);
    assertThat(FeastValues.decode(type, FeastValues.encode(type, Map.of()))).isEqualTo(Map.of());
  }

  @Test
  void nullsWithinAValue() {
    ValueType list = ValueType.arrayOf(ValueType.INT64);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("none", null);

    assertThat(FeastValues.encode(list, Arrays.asList(1L, null))).isEmpty();
    assertThat(
            FeastValues.decode(
                ValueType.mapOf(ValueType.INT64),
                FeastValues.encode(ValueType.mapOf(ValueType.INT64), map)))
        .isEqualTo(map);
  }

  @Test
  void aTimeIsCutToTheSecondBeforeIt() {
    byte[] early = FeastValues.encode(ValueType.TIMESTAMP, -1L);

    assertThat(FeastValues.decode(ValueType.TIMESTAMP, early)).isEqualTo(-1_000L);
  }

  @Test
  void whatFeastHasNoMemberForIsRefused() {
    ValueType nested = ValueType.arrayOf(ValueType.arrayOf(ValueType.INT64));

    assertThatThrownBy(() -> FeastValues.requireRepresentable(nested))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found an array of ARRAY");
    FeastValues.requireRepresentable(ValueType.mapOf(ValueType.arrayOf(ValueType.STRING)));
  }

  @Test
  void whatWasWrittenBeforeATypeWasWidenedIsRead() {
    Value number = Value.newBuilder().setInt32Val(-7).build();
    Value real = Value.newBuilder().setFloatVal(0.1f).build();
    Value numbers =
        Value.newBuilder()
            .setInt32ListVal(ValueProto.Int32List.newBuilder().addVal(1).addVal(Integer.MIN_VALUE))
            .build();
    Value reals =
        Value.newBuilder()
            .setFloatListVal(ValueProto.FloatList.newBuilder().addVal(0.1f).addVal(-2.5f))
            .build();

    assertThat(FeastValues.decode(ValueType.INT64, number.toByteArray())).isEqualTo(-7L);
    assertThat(FeastValues.decode(ValueType.DOUBLE, real.toByteArray())).isEqualTo((double) 0.1f);
    assertThat(FeastValues.decode(ValueType.arrayOf(ValueType.INT64), numbers.toByteArray()))
        .isEqualTo(List.of(1L, (long) Integer.MIN_VALUE));
    assertThat(FeastValues.decode(ValueType.arrayOf(ValueType.DOUBLE), reals.toByteArray()))
        .isEqualTo(List.of((double) 0.1f, -2.5));
    assertThat(
            FeastValues.decode(
                ValueType.mapOf(ValueType.INT64),
                FeastValues.encode(ValueType.mapOf(ValueType.INT32), Map.of("a", 3))))
        .isEqualTo(Map.of("a", 3L));
    assertThatThrownBy(() -> FeastValues.decode(ValueType.DOUBLE, number.toByteArray()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no value of type DOUBLE: found member 3, expected 5");
  }

  @Test
  void whatDoesNotFitItsTypeIsNoValue() {
    byte[] late = Value.newBuilder().setUnixTimestampVal(Long.MAX_VALUE).build().toByteArray();
    byte[] fine = Value.newBuilder().setStringVal("0.125").build().toByteArray();

    assertThatThrownBy(() -> FeastValues.decode(ValueType.TIMESTAMP, late))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no value of type TIMESTAMP");
    assertThatThrownBy(() -> FeastValues.decode(ValueType.decimal(10, 2), fine))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no value of type DECIMAL");
  }

  @Test
  void bytesOfAnotherTypeAreNoValue() {
    byte[] text = FeastValues.encode(ValueType.STRING, "12");

    assertThatThrownBy(() -> FeastValues.decode(ValueType.INT64, text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no value of type INT64: found member 2, expected 4");
    assertThatThrownBy(() -> FeastValues.decode(ValueType.STRING, new byte[] {0x12, 50, 1}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
