// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.WatermarkPolicy;
import io.tailwater.embedded.EmbeddedFlink;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Files as sources of real jobs. */
class FileSourceITCase {
  private static final long BEHIND = 10;
  private static final long NOW = 1_800_000_000_000L;
  private static final EventSource SOURCE =
      TestSources.clicks(new WatermarkPolicy(BEHIND, 1_000, 0, 100), "unused");

  private static EmbeddedFlink flink;

  @TempDir private Path directory;

  @BeforeAll
  static void startCluster() {
    flink = EmbeddedFlink.create(4);
  }

  @AfterAll
  static void stopCluster() {
    flink.close();
  }

  @Test
  void readsCsvInFileOrderWhateverTheParallelism(TestInfo test) throws Exception {
    Path file = write("clicks.csv", "at,id\n1000,a\n2000,b,c\n\"1500\",\"x\ny\"\n,d\n3000,e\n");

    Recording recording = run(test, file, 4);

    assertThat(recording.positions())
        .containsExactly(
            "clicks.csv:2", "clicks.csv:3", "clicks.csv:4", "clicks.csv:6", "clicks.csv:7");
    assertThat(recording.at("clicks.csv:3").errorCode()).isEqualTo("UNDECODABLE");
    assertThat(recording.at("clicks.csv:4").row()).containsExactly("x\ny", 1500L);
    assertThat(recording.at("clicks.csv:4").rawValue())
        .isEqualTo("\"1500\",\"x\ny\"".getBytes(UTF_8));
    assertThat(recording.at("clicks.csv:6").errorCode()).isEqualTo("SCHEMA_VIOLATION");
    assertThat(recording.watermark()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void judgesLatenessByTheFileAlone(TestInfo test) throws Exception {
    Path file =
        write("clicks.jsonl.gz", lines(1_000, 2_000, 2_000 - BEHIND, 2_000 - BEHIND - 1, 3_000));

    assertThat(run(test, file, 2).late()).as("one is further behind than allowed").isEqualTo(1);
  }

  @Test
  void goesOnWhereASavepointLeftOff(TestInfo test, @TempDir Path savepoints) throws Exception {
    int count = 300_000;
    Path file = write("clicks.csv", csv(count));
    String name = test.getDisplayName();
    ManualClock clock = ManualClock.at(name, NOW);
    Recording first = Recording.of(name).keepingOrder(false);
    String savepoint;
    try (SourceRun run = start(name, file, clock, 2, null)) {
      run.awaitEvents(1_000);
      savepoint = run.stopWithSavepoint(savepoints);
    }
    int before = first.distinctEvents();
    assertThat(before).isBetween(1_000, count - 1);

    try (SourceRun run = start(name + "-restored", file, clock, 3, savepoint)) {
      run.awaitEnd();
      assertThat(run.recording().distinctEvents()).isEqualTo(count - before);
      assertThat(run.recording().at("clicks.csv:" + (before + 1))).isNull();
      assertThat(run.recording().at("clicks.csv:" + (before + 2))).isNotNull();
    }
  }

  @Test
  void namesWhatAFileLacksBeforeTheJobStarts() throws Exception {
    Path file = write("clicks.csv", "id,when\n");

    assertThatThrownBy(() -> attach(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("source 'clicks'")
        .hasMessageContaining("no column 'at'");
    assertThatThrownBy(() -> attach(directory.resolve("absent.csv")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("absent.csv");
    assertThatThrownBy(() -> attach(write("clicks.txt", "id,at\n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("clicks.txt")
        .hasMessageContaining(".csv[.gz], .jsonl[.gz], .avro, .parquet");
  }

  @Test
  void findsTheNewestEventTimeThatIsNotOfTheFuture() throws Exception {
    Path file = write("clicks.jsonl", lines(5, NOW + 100, 7, NOW + 101) + "garbage\n");
    EventClock clock = ManualClock.at("scan", NOW);

    assertThat(FileScan.of(SOURCE, new FileLocation(file.toString()), clock).newestEventTime())
        .isEqualTo(OptionalLong.of(NOW + 100));
    Path empty = write("empty.jsonl", "garbage\n");
    assertThat(FileScan.of(SOURCE, new FileLocation(empty.toString()), clock).newestEventTime())
        .isEmpty();
  }

  private void attach(Path file) {
    SourceStreams.attach(
        flink.environment(), SOURCE, new FileLocation(file.toString()), SourceOptions.defaults());
  }

  private Recording run(TestInfo test, Path file, int parallelism) throws Exception {
    String name = test.getDisplayName();
    Recording recording = Recording.of(name).keepingOrder(true);
    try (SourceRun run = start(name, file, ManualClock.at(name, NOW), parallelism, null)) {
      run.awaitEnd();
    }
    return recording;
  }

  private static SourceRun start(
      String name, Path file, EventClock clock, int parallelism, String savepoint)
      throws Exception {
    FileLocation location = new FileLocation(file.toString());
    return SourceRun.start(
        flink, new SourceRun.Plan(name, SOURCE, location, clock, parallelism, savepoint));
  }

  private Path write(String name, String content) throws IOException {
    Path file = directory.resolve(name);
    try (OutputStream plain = Files.newOutputStream(file);
        OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(plain) : plain) {
      out.write(content.getBytes(UTF_8));
    }
    return file;
  }

  private static String lines(long... eventTimes) {
    StringBuilder lines = new StringBuilder();
    for (long eventTime : eventTimes) {
      lines.append("{\"id\": \"%d\", \"at\": %d}\n".formatted(lines.length(), eventTime));
    }
    return lines.toString();
  }

  private static String csv(int count) {
    List<String> lines = IntStream.range(0, count).mapToObj(i -> i + "," + i).toList();
    return "id,at\n" + String.join("\n", lines);
  }
}
