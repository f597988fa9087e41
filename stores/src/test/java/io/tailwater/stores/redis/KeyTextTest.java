// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {
  private static final long SEED = 41;

  @ParameterizedTest
  @CsvSource({
    "1001, 1001",
    "'', ''",
    "a:b, a%3Ab",
    "100%, 100%25",
    "%3A, %253A",
    "Łódź 🛒, Łódź 🛒",
    "'{a} b', '{a} b'"
  })
  void escapesOnlyWhatItMust(String part, String text) {
    assertThat(KeyText.escape(part)).isEqualTo(text);
    assertThat(KeyText.unescape(text)).isEqualTo(part);
  }

  @Test
  void differentPartsHaveDifferentBytesAndReadBack() {
    Random random = new Random(SEED);
    Map<String, String> parts = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      String part = NastyStrings.next(random);
      String text = KeyText.escape(part);
      String stored = new String(text.getBytes(UTF_8), UTF_8);
      assertThat(KeyText.unescape(stored)).as("seed %d, case %d", SEED, i).isEqualTo(part);
      assertThat(parts.merge(stored, part, (old, same) -> old))
          .as("seed %d, case %d", SEED, i)
          .isEqualTo(part);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%2", "%3a", "%41", "%progress", "%u00E9", "%uD8", "a%25%"})
  void refusesWhatNoPartEscapesTo(String text) {
    assertThatThrownBy(() -> KeyText.unescape(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }
}
