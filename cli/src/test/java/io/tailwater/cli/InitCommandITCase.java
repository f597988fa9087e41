// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailwater.embedded.EmbeddedRedis;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of events, a project made of it, and a stream over it without an edit. */
class InitCommandITCase {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final int LINES = 2_000;

  /** An invoice line; the customer is null for who is not known. */
  private record Line(Integer customer, LocalDateTime time, int quantity, BigDecimal price) {}

  @TempDir private Path folder;

  private final List<Line> lines = new ArrayList<>();

  @Test
  void aStreamRunsOverTheSampleAtOnceAndExplainAgrees() throws IOException {
    Path sample = folder.resolve("invoice-lines.csv.gz");
    write(sample, 20_260_301);
    Path project = folder.resolve("shop");

    Command init = Command.run("init", project, "--sample", sample);

    assertThat(init.err()).isEmpty();
    assertThat(init.exitCode()).isZero();
    assertThat(init.out().lines())
        .containsExactly(
            "Project shop in %s: source invoice_lines, entity customer, view customer_activity."
                .formatted(project),
            "Read 2,000 records of %s.".formatted(sample),
            "  event time  invoice_date  (--event-time)",
            "  key         customer_id  (--key)",
            "  event id    _position  (--event-id)",
            "Next, with a Redis at hand:",
            "  tailwater stream --definitions %s --source invoice_lines=%s --redis HOST:PORT"
                .formatted(project, sample));

    Line last = lines.stream().filter(line -> line.customer() != null).reduce((a, b) -> b).get();
    try (EmbeddedRedis redis = EmbeddedRedis.create()) {
      Command stream =
          Command.run(
              "stream",
              "--definitions",
              project,
              "--source",
              "invoice_lines=" + sample,
              "--redis",
              redis.address(),
              "--warehouse",
              folder.resolve("warehouse"),
              "--checkpoints",
              folder.resolve("checkpoints"),
              "-o",
              "json");

      assertThat(stream.exitCode()).as(stream.err()).isZero();
      JsonNode view = JSON.readTree(stream.out()).get("views").get(0);
      long known = lines.stream().filter(line -> line.customer() != null).count();
      assertThat(view.get("read").longValue()).isEqualTo(LINES);
      assertThat(view.get("applied").longValue()).isEqualTo(known);
      assertThat(view.get("filtered").longValue()).isEqualTo(LINES - known);

      checkExplanation(project, sample, redis.address(), last);
    }
  }

  /** A value of the file, recomputed from the file: both stores have it. */
  private void checkExplanation(Path project, Path sample, String redis, Line last)
      throws IOException {
    String at = last.time().toInstant(ZoneOffset.UTC).toString();
    BigDecimal quantity =
        lines.stream()
            .filter(line -> last.customer().equals(line.customer()))
            .filter(line -> !line.time().isBefore(last.time().minusDays(30)))
            .map(line -> BigDecimal.valueOf(line.quantity()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);

    Command explain =
        Command.run(
            "explain",
            "customer_activity:quantity_sum_30d",
            "--entity",
            "customer_id=" + last.customer(),
            "--at",
            at,
            "--definitions",
            project,
            "--source",
            "invoice_lines=" + sample,
            "--redis",
            redis,
            "--warehouse",
            folder.resolve("warehouse"),
            "-o",
            "json");

    assertThat(explain.exitCode()).as(explain.err() + explain.out()).isZero();
    JsonNode json = JSON.readTree(explain.out());
    assertThat(json.get("recomputed").longValue()).isEqualTo(quantity.longValueExact());
    assertThat(json.get("table").get("verdict").textValue()).isEqualTo("AGREES");
    assertThat(json.get("online").get("verdict").textValue()).isEqualTo("AGREES");
    assertThat(json.get("windows").get(0).get("events").get(0).get("position").textValue())
        .startsWith("invoice-lines.csv.gz:");
  }

  /** Lines as the retail file has them: in the order of their times, some of nobody. */
  private void write(Path file, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder();
    text.append(
        "invoice,stock_code,description,quantity,invoice_date,unit_price,customer_id,country\n");
    LocalDateTime time = LocalDateTime.parse("2009-12-01T07:45:00");
    for (int i = 0; i < LINES; i++) {
      time = time.plusSeconds(random.nextInt(4_000));
      Integer customer = random.nextInt(5) == 0 ? null : 13_000 + random.nextInt(40);
      int quantity = random.nextInt(30) - 3;
      BigDecimal price = BigDecimal.valueOf(random.nextInt(2_000), 2);
      lines.add(new Line(customer, time, quantity, price));
      text.append(
          "%s%d,%s,%s,%d,%s,%s,%s,%s\n"
              .formatted(
                  quantity < 0 ? "C" : "",
                  489_434 + i / 3,
                  random.nextBoolean() ? "85048" : "79323P",
                  random.nextInt(9) == 0 ? "" : "\"15CM BALL, \"\"LARGE\"\"\"",
                  quantity,
                  TIME.format(time),
                  price,
                  customer == null ? "" : customer,
                  "United Kingdom"));
    }
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
  }
}
