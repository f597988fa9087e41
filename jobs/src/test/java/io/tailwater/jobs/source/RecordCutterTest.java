// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

class RecordCutterTest {
  private static final long SEED = 42;

  @Test
  void numbersLinesAndSkipsBlankOnes() throws Exception {
    assertThat(cut("a\r\n\r\n\nb\n\"c\n\nd\"\ne", true))
        .containsExactly("1:a", "4:b", "5:\"c\n\nd\"", "8:e");
  }

  @Test
  void cutsLinesWhateverTheirQuotesWithoutCsv() throws Exception {
    assertThat(cut("{\"a\n\"}\n", false)).containsExactly("1:{\"a", "2:\"}");
  }

  @Test
  void takesAByteOrderMarkOff() throws Exception {
    assertThat(cut("\uFEFFa\nb", true)).containsExactly("1:a", "2:b");
    assertThat(cut("\uFEFF", true)).isEmpty();
    assertThat(cut("", true)).isEmpty();
  }

  @Test
  void losesOnlyTheLineOfAQuoteThatIsNeverClosed() throws Exception {
    assertThat(cut("a\n\"b,c\nd,e\nf\n", true)).containsExactly("1:a", "2:\"b,c", "3:d,e", "4:f");
  }

  @Test
  void leavesAQuoteInsideACellAlone() throws Exception {
    assertThat(cut("15\" monitor,1\nb,2\n", true)).containsExactly("1:15\" monitor,1", "2:b,2");
  }

  @Test
  void survivesAnEndlessQuotedCell() throws Exception {
    String line = "x".repeat(1023) + "\n";
    int lines = RecordCutter.LONGEST_RECORD / line.length() + 10;
    String text = "\"" + line.repeat(lines) + "end";

    List<String> records = cut(text, true);

    assertThat(records).hasSize(lines + 1).endsWith((lines + 1) + ":end");
  }

  @Test
  void agreesWithCommonsCsvOnWellFormedFiles() throws Exception {
    Random random = new Random(SEED);
    for (int file = 0; file < 200; file++) {
      String text = wellFormed(random);
      assertThat(cells(text)).as("seed %d, file %d", SEED, file).isEqualTo(oracle(text));
    }
  }

  private static String wellFormed(Random random) {
    String[] cells = {
      "a", "", "\"x,y\"", "\"\"\"\"", "\"line\nend\"", "\"\"", "é", "1\"2", "\"\r\n\""
    };
    StringBuilder text = new StringBuilder();
    for (int line = random.nextInt(1500); line >= 0; line--) {
      text.append("first");
      for (int cell = random.nextInt(4); cell > 0; cell--) {
        text.append(',').append(cells[random.nextInt(cells.length)]);
      }
      text.append(random.nextBoolean() ? "\n" : "\r\n");
    }
    return text.toString();
  }

  private static List<List<String>> cells(String text) throws Exception {
    List<List<String>> records = new ArrayList<>();
    CsvCells cells = new CsvCells();
    try (RecordCutter cutter = cutter(text, true)) {
      for (byte[] record = cutter.next(); record != null; record = cutter.next()) {
        cells.split(record);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < cells.count(); i++) {
          texts.add(cells.text(i));
        }
        records.add(texts);
      }
    }
    return records;
  }

  private static List<List<String>> oracle(String text) throws IOException {
    try (CSVParser parser = CSVFormat.DEFAULT.parse(new StringReader(text))) {
      return parser.stream().map(CSVRecord::toList).toList();
    }
  }

  private static List<String> cut(String text, boolean quotes) throws IOException {
    List<String> records = new ArrayList<>();
    try (RecordCutter cutter = cutter(text, quotes)) {
      for (byte[] record = cutter.next(); record != null; record = cutter.next()) {
        records.add(cutter.line() + ":" + new String(record, UTF_8));
      }
    }
    return records;
  }

  private static RecordCutter cutter(String text, boolean quotes) throws IOException {
    return new RecordCutter(new ByteArrayInputStream(text.getBytes(UTF_8)), quotes);
  }
}
