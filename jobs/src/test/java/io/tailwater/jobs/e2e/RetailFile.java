// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Invoice lines in a gzipped CSV file.
 *
 * @param path what the job reads
 * @param lines the same, read by hand, in the file's order
 */
record RetailFile(Path path, List<RetailLine> lines) {
  /** Names the real file; where it is not set, tests run on generated lines of the same shape. */
  private static final String PROPERTY = "tailwater.retail.csv";

  private static final long SEED = 20_091_201;
  private static final int GENERATED = 20_000;

  /** The real file as it is; generated lines in {@code directory} where there is none. */
  static RetailFile whole(Path directory) throws IOException {
    Path real = real();
    return real == null ? generated(directory, GENERATED) : read(real);
  }

  /** The first lines of the real file; generated ones where there is none. */
  static RetailFile prefix(Path directory, int count) throws IOException {
    Path real = real();
    if (real == null) {
      return generated(directory, GENERATED);
    }
    try (BufferedReader reader = open(real)) {
      reader.readLine();
      return write(directory.resolve("prefix.csv.gz"), reader.lines().limit(count).toList());
    }
  }

  /** Generated lines, the same ones every time. */
  static RetailFile generated(Path directory, int count) throws IOException {
    return write(directory.resolve("generated.csv.gz"), new RetailGenerator(SEED, count).lines());
  }

  long end() {
    return lines.stream().mapToLong(line -> line.purchase().time()).max().orElseThrow();
  }

  private static @Nullable Path real() {
    String property = System.getProperty(PROPERTY);
    return property == null || property.isBlank() ? null : Path.of(property);
  }

  private static RetailFile write(Path path, List<String> lines) throws IOException {
    try (Writer writer =
        new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(path)), UTF_8)) {
      writer.write(RetailLine.HEADER + "\n" + String.join("\n", lines) + "\n");
    }
    return read(path);
  }

  private static RetailFile read(Path path) throws IOException {
    List<RetailLine> lines = new ArrayList<>();
    try (BufferedReader reader = open(path)) {
      int number = 1;
      reader.readLine();
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        lines.add(RetailLine.parse(++number, text));
      }
    }
    return new RetailFile(path, lines);
  }

  private static BufferedReader open(Path path) throws IOException {
    return new BufferedReader(
        new InputStreamReader(new GZIPInputStream(Files.newInputStream(path)), UTF_8));
  }
}
