// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.flink.core.fs.FSDataInputStream;

/** The formats of event files, told by the file's name; text also gzipped, with {@code .gz}. */
enum FileFormat {
  /** A header line with the schema's field names, then a record a line. */
  CSV(".csv", true),
  /** A JSON object a line. */
  JSON_LINES(".jsonl", true),
  /** Avro's container files; fields by name. */
  AVRO(".avro", false),
  /** Parquet; columns by name. */
  PARQUET(".parquet", false);

  private static final String GZIP = ".gz";
  private static final int GZIP_BUFFER = 1 << 16;

  private final String ending;
  private final boolean text;

  FileFormat(String ending, boolean text) {
    this.ending = ending;
    this.text = text;
  }

  /** The format of a file of that name; empty if it ends like none. */
  static Optional<FileFormat> of(String name) {
    return Arrays.stream(values()).filter(format -> format.isOf(name)).findFirst();
  }

  /** What the names of files end with, for messages. */
  static String endings() {
    return Arrays.stream(values())
        .map(format -> format.ending + (format.text ? "[" + GZIP + "]" : ""))
        .collect(Collectors.joining(", "));
  }

  /**
   * Reads an open file of this format from its beginning.
   *
   * @param file closed by the reader, or here if there is none
   * @param length the file's, in bytes
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if the source's events cannot come from such a file
   */
  EventRecords open(EventSource source, String name, FSDataInputStream file, long length)
      throws IOException {
    try {
      InputStream content =
          name.endsWith(GZIP) ? new GZIPInputStream(file, GZIP_BUFFER) : (InputStream) file;
      return switch (this) {
        case CSV -> TextRecords.csv(source, content);
        case JSON_LINES -> TextRecords.jsonLines(source, content);
        case AVRO -> AvroRecords.open(source, file, length);
        case PARQUET -> ParquetRecords.open(source, file, length);
      };
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private boolean isOf(String name) {
    return name.endsWith(ending) || (text && name.endsWith(ending + GZIP));
  }
}
