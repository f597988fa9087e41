// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersCommandITCase {
  private static final int LETTERS = 1_200;
  private static final int BATCH = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private LetterWorld world;
  private Path definitions;

  @BeforeEach
  void start() throws IOException {
    world = new LetterWorld();
    definitions = LetterWorld.project(folder);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void aReplayThatIsKilledAndRunAgainSendsEachRecordOnce() throws Exception {
    world.createDeadLetters();
    for (int i = 0; i < LETTERS; i++) {
      String position = "orders/%d/%d".formatted(i % LetterWorld.PARTITIONS, i);
      world.letter("SCHEMA_VIOLATION", "spending", position, null, value(i));
      if (i % 100 == 0) {
        // As after a failure of the job, and of another view.
        world.letter("SCHEMA_VIOLATION", "others", position, null, value(i));
      }
    }

    Process killed = killedAfter(2 * BATCH);

    assertThat(killed.waitFor()).isEqualTo(KilledReplay.EXIT_CODE);
    assertThat(world.orders("read_uncommitted")).as("sent by the killed one").hasSize(2 * BATCH);
    assertThat(world.orders("read_committed")).as("committed by it").hasSize(BATCH);

    JsonNode again = replay();
    assertThat(again.get("replayed").get("SCHEMA_VIOLATION").intValue()).isEqualTo(LETTERS - BATCH);
    JsonNode third = replay();
    assertThat(third.get("replayed")).isEmpty();
    assertThat(third.get("already_replayed").get("SCHEMA_VIOLATION").intValue())
        .isEqualTo(LETTERS + LETTERS / 100);

    List<ConsumerRecord<byte[], byte[]>> orders = world.orders("read_committed");
    assertThat(orders)
        .extracting(LetterWorld::text)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, LETTERS).mapToObj(i -> new String(value(i), UTF_8)).toList());
    assertThat(orders)
        .allSatisfy(
            order -> {
              int number = Integer.parseInt(LetterWorld.text(order).substring(1));
              assertThat(order.partition()).isEqualTo(number % LetterWorld.PARTITIONS);
              assertThat(order.key()).isEqualTo("k".getBytes(UTF_8));
              assertThat(LetterWorld.header(order, "tailwater.replay.origin"))
                  .isEqualTo("orders/%d/%d".formatted(order.partition(), number));
              assertThat(LetterWorld.header(order, "tailwater.replay.count")).isEqualTo("1");
            });
  }

  @Test
  void aRecordThatIsRefusedAgainIsReplayedAsOftenAsAllowed() throws Exception {
    world.createDeadLetters();
    world.letter("MISSING_KEY", "spending", "orders/1/77", null, value(7));
    assertThat(replay().get("replayed").get("MISSING_KEY").intValue()).isOne();
    ConsumerRecord<byte[], byte[]> once = world.orders("read_committed").get(0);
    String second = "orders/%d/%d".formatted(once.partition(), once.offset());

    world.letter("MISSING_KEY", "spending", second, null, value(7));

    JsonNode refused = replay();
    assertThat(refused.get("exhausted").get("MISSING_KEY").intValue()).isOne();
    assertThat(refused.get("replayed")).isEmpty();
    JsonNode letters = list().get("letters");
    assertThat(letters.get(0).get("replays").intValue()).isZero();
    assertThat(letters.get(0).get("replayed").booleanValue()).isTrue();
    assertThat(letters.get(1).get("replays").intValue()).isOne();
    assertThat(letters.get(1).get("replayed").booleanValue()).isFalse();

    assertThat(replay("--max-replays", "2").get("replayed").get("MISSING_KEY").intValue()).isOne();
    ConsumerRecord<byte[], byte[]> twice = world.orders("read_committed").get(1);
    assertThat(LetterWorld.header(twice, "tailwater.replay.origin")).isEqualTo("orders/1/77");
    assertThat(LetterWorld.header(twice, "tailwater.replay.count")).isEqualTo("2");
  }

  @Test
  void whatWouldBeRefusedAgainIsSentOnlyIfItsCauseIsNamed() throws Exception {
    world.createDeadLetters();
    world.letter("TOO_LATE", "spending", "orders/0/1", "2026-01-01T00:00:00Z", value(1));
    world.letter("CONFLICTING_DUPLICATE", "spending", "orders/0/2", null, value(2));
    world.letter("FUTURE", "spending", "orders/0/3", "2999-01-01T00:00:00Z", value(3));
    world.letter("FUTURE", "spending", "orders/0/4", "2026-01-01T00:00:00Z", value(4));
    world.letter("UNDECODABLE", null, "orders/0/5", null, null);

    JsonNode dry = replay("--dry-run");
    assertThat(world.orders("read_uncommitted")).isEmpty();
    JsonNode replayed = replay();

    assertThat(replayed).isEqualTo(dry);
    assertThat(replayed.get("too_late").get("TOO_LATE").intValue()).isOne();
    assertThat(replayed.get("conflicting").get("CONFLICTING_DUPLICATE").intValue()).isOne();
    assertThat(replayed.get("still_future").get("FUTURE").intValue()).isOne();
    assertThat(replayed.get("no_bytes").get("UNDECODABLE").intValue()).isOne();
    assertThat(world.orders("read_committed")).extracting(LetterWorld::text).containsExactly("v4");

    Command text = command("replay", "--code", "too_late", "--code", "FUTURE");
    assertThat(text.out())
        .contains(
            "1  replayed (TOO_LATE 1)", "1  not: replayed already (FUTURE 1)", "of the future");
    assertThat(world.orders("read_committed"))
        .extracting(LetterWorld::text)
        .containsExactly("v4", "v1");
  }

  @Test
  void whatEventsSayIsShownOnlyIfAskedFor() throws Exception {
    world.createDeadLetters();
    byte[] value = "secret-of-7 \u001b[2J\n".getBytes(UTF_8);
    world.letter("SCHEMA_VIOLATION", "spending", "orders/0/1", null, value);
    world.letter("UNDECODABLE", null, "orders/0/2", null, new byte[] {(byte) 0xff, 0});

    Command discreet = command("list");
    assertThat(discreet.out())
        .doesNotContain("secret")
        .contains("orders/0/1  17 bytes  field 'amount': expected DOUBLE", "2 dead letters");
    assertThat(command("list", "-o", "json").out()).doesNotContain("secret");
    Command open = command("list", "--show-bytes");
    assertThat(open.out())
        .doesNotContain("\u001b")
        .contains("value  secret-of-7 \\u001b[2J\\u000a", "value  0xff00", "found secret-of-7");
  }

  @Test
  void lettersAreCountedByCauseAndChosen() throws Exception {
    world.createDeadLetters();
    for (int i = 0; i < 30; i++) {
      String code = i % 3 == 0 ? "UNDECODABLE" : "TOO_LATE";
      world.letter(code, i % 3 == 0 ? null : "spending", "orders/0/" + i, null, value(i));
    }

    JsonNode summary = JSON.readTree(command("list", "--summary", "-o", "json").out());
    assertThat(summary.get("total").intValue()).isEqualTo(30);
    assertThat(summary.get("counts"))
        .extracting(count -> count.get("code").textValue() + " " + count.get("letters"))
        .containsExactly("UNDECODABLE 10", "TOO_LATE 20");
    assertThat(summary.has("letters")).isFalse();
    assertThat(list("--limit", "4").get("letters"))
        .extracting(letter -> letter.get("place").textValue())
        .hasSize(4);
    assertThat(list("--code", "UNDECODABLE").get("total").intValue()).isEqualTo(10);
    assertThat(list("--view", "spending").get("total").intValue()).isEqualTo(30);
    assertThat(list("--since", "2999-01-01").get("total").intValue()).isZero();
    assertThat(list("--until", "2026-01-01").get("total").intValue()).isZero();
    Command unknown = command("list", "--source", "ordres");
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.err()).contains("--source ordres", "[orders]");
  }

  @Test
  void aTopicThatIsNotThereIsNamed() {
    assertThat(command("list").out()).contains("0 dead letters", "No topic 'orders.dead-letters'");
    assertThat(command("replay").out()).contains("0  replayed", "No topic 'orders.dead-letters'");
  }

  @Test
  void lettersOfFilesAreShownToo() throws IOException {
    Path bucket = Files.createDirectories(folder.resolve("letters/orders.dead-letters"));
    Files.writeString(
        bucket.resolve("part-0.jsonl"),
        """
        {"source":"orders","view":null,"code":"UNDECODABLE","message":"?","position":"orders.csv:7","event_time":null,"rejected_at":"2026-03-01T00:00:00Z","key":null,"value_base64":"/wA="}
        """);
    Files.writeString(bucket.resolve(".part-1.jsonl"), "not finished");

    JsonNode letter =
        list("--files", folder.resolve("letters").toString(), "--show-bytes").get("letters").get(0);

    assertThat(letter.get("place").textValue()).isEqualTo("orders.dead-letters/part-0.jsonl:1");
    assertThat(letter.get("value_base64").textValue()).isEqualTo("/wA=");
    assertThat(letter.get("value_bytes").intValue()).isEqualTo(2);
  }

  private static byte[] value(int number) {
    return ("v" + number).getBytes(UTF_8);
  }

  private JsonNode list(String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(List.of("-o", "json"));
    return JSON.readTree(command("list", arguments.toArray(String[]::new)).out());
  }

  private JsonNode replay(String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(List.of("-o", "json"));
    Command replay = command("replay", arguments.toArray(String[]::new));
    assertThat(replay.exitCode()).as(replay.err()).isZero();
    return JSON.readTree(replay.out()).get("letters");
  }

  private Command command(String name, String... more) {
    List<String> arguments = new ArrayList<>(List.of("dead-letters", name));
    arguments.addAll(List.of("--definitions", definitions.toString()));
    arguments.addAll(List.of("--kafka", world.bootstrap()));
    arguments.addAll(List.of(more));
    return Command.run(arguments.toArray());
  }

  private Process killedAfter(int records) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-Dtailwater.logs=" + folder.resolve("logs"),
            "-cp",
            System.getProperty("java.class.path"),
            KilledReplay.class.getName(),
            definitions.toString(),
            world.bootstrap(),
            Integer.toString(records))
        .inheritIO()
        .start();
  }
}
