// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tailwater.stores.DeadLetter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRowDecoderTest {
  private static final String HEADER =
      "extra,id,at,flag,small,big,single,real,price,raw,tags,scores";

  private final CsvRowDecoder decoder =
      new CsvRowDecoder(TestSources.EVERY_TYPE, CsvHeader.parse(HEADER.getBytes(UTF_8)));

  @Test
  void decodesEveryTypeByTheHeadersNames() throws Exception {
    String line =
        "ignored,\" a, \"\"b\"\"\",2026-01-31 12:00:00, TRUE ,-5,6,0.1,-0.0,1.5,AP8=,\"[\"\"x\"\"]\","
            + "\"{\"\"y\"\": 2}\"";

    assertThat(decode(line))
        .containsExactly(
            " a, \"b\"",
            1769860800000L,
            true,
            -5,
            6L,
            0.1f,
            0.0,
            new BigDecimal("1.50"),
            new byte[] {0, -1},
            List.of("x"),
            Map.of("y", 2.0));
  }

  @Test
  void takesAnEmptyCellForANull() throws Exception {
    assertThat(decode(",a,1,,,,,,,,\"\",")).startsWith("a", 1L).endsWith(new Object[] {null, null});
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "small | 1.0",
        "small | 2147483648",
        "real | NaN",
        "real | Infinity",
        "real | 1d",
        "real | 0x1p3",
        "real | 1e999",
        "real | .",
        "price | 0.001",
        "flag | yes",
        "tags | [1]",
        "tags | [",
        "at | ''"
      })
  void refusesTextThatIsNotOfTheType(String field, String text) {
    List<String> names = List.of(HEADER.split(",", -1));
    String[] cells = new String[names.size()];
    java.util.Arrays.fill(cells, "");
    cells[1] = "a";
    cells[2] = "1";
    cells[names.indexOf(field)] = text;

    RejectedException rejected = rejection(String.join(",", cells));

    assertThat(rejected.code()).isEqualTo(DeadLetter.Code.SCHEMA_VIOLATION);
    assertThat(rejected).hasMessageContaining("field '" + field + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a,b", ",a,1,,,,,,,,,,", ",\"a,1,,,,,,,,,", ",\"a\"b,1,,,,,,,,,", ",ä,1,,,,,,,,,"})
  void refusesRecordsThatDoNotSplit(String line) {
    byte[] latin = line.getBytes(ISO_8859_1);

    RejectedException rejected =
        catchThrowableOfType(RejectedException.class, () -> decoder.decode(latin));

    assertThat(rejected.code()).isEqualTo(DeadLetter.Code.UNDECODABLE);
  }

  @Test
  void namesEveryColumnThatAFileLacks() {
    CsvHeader header = CsvHeader.parse("id,id,flag".getBytes(UTF_8));

    assertThatThrownBy(() -> header.requireColumnsOf(TestSources.everyType()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no column 'at' (TIMESTAMP)")
        .hasMessageContaining("column 'id' stands twice");
  }

  private Object[] decode(String line) throws RejectedException {
    return decoder.decode(line.getBytes(UTF_8));
  }

  private RejectedException rejection(String line) {
    return catchThrowableOfType(RejectedException.class, () -> decode(line));
  }
}
