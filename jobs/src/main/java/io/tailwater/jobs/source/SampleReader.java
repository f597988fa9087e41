// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text file of events whose schema nobody has written yet: CSV with a header, or a JSON
 * object a line, each also gzipped.
 */
public final class SampleReader {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private SampleReader() {}

  /**
   * Hands over the values of each record by their names, in the file's order; null for a null and
   * an empty cell. Records that do not decode are passed over.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if its name ends like no text format, or it has no header
   */
  public static void forEach(Path file, Consumer<Map<String, @Nullable SampleValue>> consumer)
      throws IOException {
    String name = String.valueOf(file.getFileName());
    FileFormat format = FileFormat.of(name).orElse(null);
    if (format != FileFormat.CSV && format != FileFormat.JSON_LINES) {
      throw new IllegalArgumentException(
          "file '%s': found no ending of text, expected .csv, .csv.gz, .jsonl or .jsonl.gz"
              .formatted(file));
    }
    try (InputStream bytes = Files.newInputStream(file);
        InputStream content = name.endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes) {
      if (format == FileFormat.CSV) {
        csv(new RecordCutter(content, true), file, consumer);
      } else {
        jsonLines(new RecordCutter(content, false), consumer);
      }
    }
  }

  private static void csv(
      RecordCutter records, Path file, Consumer<Map<String, @Nullable SampleValue>> consumer)
      throws IOException {
    byte[] first = records.next();
    if (first == null) {
      throw new IllegalArgumentException(
          "file '%s': found nothing in it, expected a header line".formatted(file));
    }
    CsvHeader header = CsvHeader.parse(first);
    CsvCells cells = new CsvCells();
    for (byte[] record = records.next(); record != null; record = records.next()) {
      Map<String, @Nullable SampleValue> row = row(header, cells, record);
      if (row != null) {
        consumer.accept(row);
      }
    }
  }

  /** Null for a record that is a dead letter of every run: it says nothing of the columns. */
  private static @Nullable Map<String, @Nullable SampleValue> row(
      CsvHeader header, CsvCells cells, byte[] record) {
    try {
      cells.split(record);
      if (cells.count() != header.width()) {
        return null;
      }
      Map<String, @Nullable SampleValue> row = new LinkedHashMap<>();
      for (int i = 0; i < header.width(); i++) {
        row.put(
            header.columns().get(i),
            cells.isEmpty(i) ? null : new SampleValue(cells.text(i), SampleValue.Kind.CELL));
      }
      return row;
    } catch (RejectedException e) {
      return null;
    }
  }

  private static void jsonLines(
      RecordCutter records, Consumer<Map<String, @Nullable SampleValue>> consumer)
      throws IOException {
    for (byte[] record = records.next(); record != null; record = records.next()) {
      Map<String, @Nullable SampleValue> row = row(record);
      if (row != null) {
        consumer.accept(row);
      }
    }
  }

  /** Null as above, and for what is no object. */
  private static @Nullable Map<String, @Nullable SampleValue> row(byte[] record)
      throws IOException {
    JsonNode object;
    try {
      object = JSON.readTree(record);
    } catch (JsonProcessingException e) {
      return null;
    }
    if (!object.isObject()) {
      return null;
    }
    Map<String, @Nullable SampleValue> row = new LinkedHashMap<>();
    object.properties().forEach(field -> row.put(field.getKey(), value(field.getValue())));
    return row;
  }

  private static @Nullable SampleValue value(JsonNode node) {
    if (node.isNull()) {
      return null;
    }
    if (node.isTextual()) {
      return new SampleValue(node.textValue(), SampleValue.Kind.STRING);
    }
    if (node.isNumber()) {
      return new SampleValue(node.asText(), SampleValue.Kind.NUMBER);
    }
    return node.isBoolean()
        ? new SampleValue(node.asText(), SampleValue.Kind.BOOL)
        : new SampleValue("", SampleValue.Kind.NESTED);
  }
}
