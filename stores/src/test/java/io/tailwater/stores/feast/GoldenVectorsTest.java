// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.feast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.JoinKey;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Feast 0.66 has written, byte by byte. */
class GoldenVectorsTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final JoinKey USER = new JoinKey("user_id", ValueType.INT64);
  private static final JoinKey NAME = new JoinKey("user_id", ValueType.STRING);
  private static final JoinKey MERCHANT = new JoinKey("merchant", ValueType.STRING);

  @Test
  void keysOfEntities() {
    assertKey(
        List.of(USER),
        "010000000200000007000000757365725f69640400000008000000e90300000000000074786e",
        1001L);
    assertKey(
        List.of(USER),
        "010000000200000007000000757365725f69640400000008000000ffffffffffffffff74786e",
        -1L);
    assertKey(
        List.of(NAME), "010000000200000007000000757365725f69640200000002000000c3bc74786e", "ü");
    String pair =
        "0200000002000000080000006d65726368616e740200000007000000757365725f696402000000020000006d310400000008000000e90300000000000074786e";
    assertKey(List.of(USER, MERCHANT), pair, 1001L, "m1");
    assertKey(List.of(MERCHANT, USER), pair, "m1", 1001L);
  }

  private static void assertKey(List<JoinKey> joinKeys, String hex, Object... values) {
    FeastEntityKey key = new FeastEntityKey("txn", joinKeys);

    assertThat(HEX.formatHex(key.of(values))).isEqualTo(hex);
    assertThat(key.parse(HEX.parseHex(hex))).isEqualTo(values);
  }

  @Test
  void aKeyOfAnotherProjectOrOtherJoinKeysIsNone() {
    byte[] key = new FeastEntityKey("txn", List.of(NAME)).of(new Object[] {"a"});

    assertThat(new FeastEntityKey("txn", List.of(NAME)).isKey(key)).isTrue();
    assertThat(new FeastEntityKey("xn", List.of(NAME)).isKey(key)).isFalse();
    assertThat(new FeastEntityKey("atxn", List.of(NAME)).isKey(key)).isFalse();
    assertThat(new FeastEntityKey("txn", List.of(USER)).isKey(key)).isFalse();
    assertThat(new FeastEntityKey("txn", List.of(MERCHANT)).isKey(key)).isFalse();
    assertThat(new FeastEntityKey("txn", List.of(NAME)).isKey(new byte[30])).isFalse();
    assertThat(
            new FeastEntityKey("txn", List.of(USER))
                .isKey(
                    HEX.parseHex(
                        "010000000200000007000000757365725f69640400000002000000e90374786e")))
        .as("an INT64 of two bytes")
        .isFalse();
    assertThatThrownBy(() -> new FeastEntityKey("xn", List.of(NAME)).parse(key))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aJoinKeyThatFeastCutsIsRefused() {
    JoinKey day = new JoinKey("day", ValueType.TIMESTAMP);

    assertThatThrownBy(() -> new FeastEntityKey("txn", List.of(USER, day)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("join key 'day': found TIMESTAMP")
        .hasMessageContaining("native layout");
  }

  @ParameterizedTest
  @CsvSource({"cnt_1h,8b2add63", "sum_1h,835b9759", "last_merchant,f94e75b1"})
  void fieldsOfFeatures(String feature, String hex) {
    assertThat(HEX.formatHex(FeastFields.feature("user_txn", feature))).isEqualTo(hex);
  }

  @Test
  void values() {
    assertValue(ValueType.INT64, 3L, "2003");
    assertValue(ValueType.INT64, 0L, "2000");
    assertValue(ValueType.DOUBLE, 12.5, "290000000000002940");
    assertValue(ValueType.STRING, "m1", "12026d31");
    assertValue(ValueType.BOOL, false, "3800");
    assertValue(
        ValueType.arrayOf(ValueType.DOUBLE),
        List.of(1.0, 2.5),
        "7a120a10000000000000f03f0000000000000440");
    assertValue(ValueType.arrayOf(ValueType.STRING), List.of("a", "b"), "62060a01610a0162");
    assertThat(FeastValues.encode(ValueType.INT64, null)).isEmpty();
    assertThat(FeastValues.decode(ValueType.INT64, new byte[0])).isNull();
  }

  private static void assertValue(ValueType type, Object value, String hex) {
    assertThat(HEX.formatHex(FeastValues.encode(type, value))).isEqualTo(hex);
    assertThat(FeastValues.decode(type, HEX.parseHex(hex))).isEqualTo(value);
  }

  @Test
  void eventTimestamps() {
    assertThat(HEX.formatHex(FeastValues.timestamp(1785585600_000L))).isEqualTo("08c0bfb7d306");
    assertThat(HEX.formatHex(FeastValues.timestamp(0))).isEmpty();
    // 1787223582.123456 s is "…108094ef3a": to the millisecond, it is this.
    assertThat(HEX.formatHex(FeastValues.timestamp(1787223582_123L)))
        .isEqualTo("089ebc9bd40610c0a9d33a");
    assertThat(
            new String(
                FeastFields.eventTimestamp("user_txn"), java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("_ts:user_txn");
  }
}
