// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Project;
import io.tailwater.jobs.e2e.EqualityEvents.Line;
import io.tailwater.jobs.source.TestFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The same events wherever a backfill may read them. */
final class SourceFixture {
  static final int PARTITIONS = 3;

  private SourceFixture() {}

  /** The equality project with archives, which wants a folder for its definitions. */
  static Project project(Path folder) throws Exception {
    Path original =
        Path.of(Objects.requireNonNull(SourceFixture.class.getResource("/equality")).toURI());
    Files.createDirectories(folder);
    for (String schema : List.of("order.avsc", "visit.avsc")) {
      Files.copy(original.resolve(schema), folder.resolve(schema));
    }
    String yaml =
        Files.readString(original.resolve("equality.yaml"))
            .replaceAll("(?m)^  - name: (orders|visits)$", "  - name: $1\n    archive: true");
    Files.writeString(folder.resolve("equality.yaml"), yaml);
    return ProjectLoader.load(folder);
  }

  /** Whether a CSV file can say what the line says: it has no empty text. */
  static boolean isEverywhere(Line line) {
    return line.fields() != null && Arrays.stream(line.fields()).noneMatch(""::equals);
  }

  static Path jsonLines(Path file, EventSource source, List<Line> lines) {
    return write(file, lines.stream().map(Line::text).collect(Collectors.joining("\n")));
  }

  static Path csv(Path file, EventSource source, List<Line> lines) {
    String header =
        source.fields().stream().map(field -> field.name()).collect(Collectors.joining(","));
    return write(
        file,
        lines.stream()
            .map(
                line ->
                    Arrays.stream(line.fields())
                        .map(SourceFixture::cell)
                        .collect(Collectors.joining(",")))
            .collect(Collectors.joining("\n", header + "\n", "\n")));
  }

  static Path avro(Path file, EventSource source, List<Line> lines) {
    try {
      return files(source).avro(file, CodecFactory.deflateCodec(1), records(source, lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path parquet(Path file, EventSource source, List<Line> lines) {
    try {
      return files(source).parquet(file, "zstd", records(source, lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder with a file of each format in a folder of its own. */
  static Path folder(Path folder, EventSource source, List<Line> lines) {
    int third = lines.size() / 3;
    try {
      for (String part : List.of("a", "b", "c")) {
        Files.createDirectories(folder.resolve(part));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    jsonLines(folder.resolve("c/x.jsonl"), source, lines.subList(0, third));
    avro(folder.resolve("a/x.avro"), source, lines.subList(third, 2 * third));
    parquet(folder.resolve("b/x.parquet"), source, lines.subList(2 * third, lines.size()));
    return folder;
  }

  /** Sends lines to the topics of their sources; records have the events' times. */
  static void send(String bootstrap, List<Line> lines) {
    Properties properties = new Properties();
    properties.setProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      Map<String, Integer> count = new HashMap<>();
      for (Line line : lines) {
        int partition = count.merge(line.source(), 1, Integer::sum) % PARTITIONS;
        var unused =
            producer.send(
                new ProducerRecord<>(
                    line.source(), partition, line.time(), null, line.text().getBytes(UTF_8)));
      }
    }
  }

  private static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String cell(Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof String text ? '"' + text.replace("\"", "\"\"") + '"' : value.toString();
  }

  private static TestFiles files(EventSource source) {
    return new TestFiles(new Schema.Parser().parse(source.avroSchema()));
  }

  private static GenericRecord[] records(EventSource source, List<Line> lines) {
    Schema schema = files(source).schema();
    return lines.stream()
        .map(
            line -> {
              GenericRecord record = new GenericData.Record(schema);
              for (int i = 0; i < line.fields().length; i++) {
                record.put(i, avro(line.fields()[i]));
              }
              return record;
            })
        .toArray(GenericRecord[]::new);
  }

  private static Object avro(Object value) {
    return value instanceof BigDecimal number
        ? ByteBuffer.wrap(number.setScale(4).unscaledValue().toByteArray())
        : value;
  }
}
