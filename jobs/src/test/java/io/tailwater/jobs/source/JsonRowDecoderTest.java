// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tailwater.stores.DeadLetter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRowDecoderTest {
  private final JsonRowDecoder decoder = new JsonRowDecoder(TestSources.EVERY_TYPE);

  @Test
  void decodesEveryTypeAndIgnoresOtherNames() throws Exception {
    Object[] row =
        decode(
            """
            {"id": "ü", "unknown": {"deep": [1, {"x": null}]}, "at": "2026-01-31T12:00:00.1239+01:00",
             "flag": false, "small": -2147483648, "big": 9223372036854775807, "single": 0.1,
             "real": -0.0, "price": 12.30, "raw": "AP8=", "tags": ["a", ""], "scores": {"x": 1}}
            """);

    assertThat(row)
        .containsExactly(
            "ü",
            1769857200123L,
            false,
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            0.1f,
            0.0,
            new BigDecimal("12.30"),
            new byte[] {0, -1},
            List.of("a", ""),
            Map.of("x", 1.0));
  }

  @Test
  void takesAMissingNameForANull() throws Exception {
    assertThat(decode("{\"at\": 5, \"id\": \"a\"}"))
        .startsWith("a", 5L)
        .endsWith(new Object[] {null, null});
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "small | 2147483648",
        "small | 1.0",
        "small | 1e3",
        "small | \"7\"",
        "big | 9223372036854775808",
        "big | true",
        "real | \"1.5\"",
        "real | 1e999",
        "single | 1e39",
        "price | 1.234",
        "price | 123456789.00",
        "price | 1e999999999",
        "price | \"abc\"",
        "raw | \"###\"",
        "flag | 1",
        "flag | \"true\"",
        "at | null",
        "at | \"yesterday\"",
        "at | 1.5",
        "id | 5",
        "id | null",
        "id | \"\\ud800\"",
        "tags | [null]",
        "tags | {}",
        "tags | [1]",
        "scores | {\"x\": \"1\"}",
        "scores | []"
      })
  void refusesWhatIsNotOfTheType(String field, String value) {
    String id = field.equals("id") ? "" : "\"id\": \"a\",";
    String at = field.equals("at") ? "" : "\"at\": 1,";

    RejectedException rejected = rejection("{%s %s \"%s\": %s}".formatted(id, at, field, value));

    assertThat(rejected.code()).isEqualTo(DeadLetter.Code.SCHEMA_VIOLATION);
    assertThat(rejected)
        .hasMessageContaining("field '" + field + "'")
        .hasMessageContaining("expected");
  }

  @Test
  void takesADecimalInQuotesSinceThatKeepsItExact() throws Exception {
    assertThat(decode("{\"id\": \"a\", \"at\": 1, \"price\": \"0.10\"}")[7])
        .isEqualTo(new BigDecimal("0.10"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"text\"",
        "{\"id\": \"a\", \"at\": 1} {}",
        "{\"id\": \"a\", \"at\": 1",
        "{\"id\": \"a\", \"at\": 1, \"real\": NaN}",
        "{\"id\": \"a\", \"id\": \"b\", \"at\": 1}",
        "{\"id\": \"a\", \"at\": 1, \"scores\": {\"x\": 1, \"x\": 2}}",
        "{\"small\": \"not an int\", \"id\": \"a\", \"at\": 1"
      })
  void refusesWhatIsNotOneJsonObject(String json) {
    assertThat(rejection(json).code()).isEqualTo(DeadLetter.Code.UNDECODABLE);
  }

  @Test
  void refusesDeepNesting() {
    String json = "{\"unknown\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}";

    assertThat(rejection(json).code()).isEqualTo(DeadLetter.Code.UNDECODABLE);
  }

  private Object[] decode(String json) throws RejectedException {
    return decoder.decode(json.getBytes(UTF_8));
  }

  private RejectedException rejection(String json) {
    return catchThrowableOfType(RejectedException.class, () -> decode(json));
  }
}
