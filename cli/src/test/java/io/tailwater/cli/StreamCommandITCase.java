// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailwater.embedded.EmbeddedRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a file to the answer of {@code online get}, by commands alone. */
class StreamCommandITCase {
  private static final Path RETAIL = Path.of("../feature-definitions/retail");
  private static final List<String> PROJECT =
      List.of("retail.yaml", "order.avsc", "cart.avsc", "page_view.avsc", "support_ticket.avsc");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private Path definitions;

  @BeforeEach
  void copyTheShippedProject() throws IOException {
    definitions = Files.createDirectories(folder.resolve("definitions"));
    for (String name : PROJECT) {
      Files.copy(RETAIL.resolve(name), definitions.resolve(name));
    }
  }

  @Test
  void featuresOfAFileCanBeReadWhenItIsThrough() throws IOException {
    Path orders =
        Files.writeString(
            folder.resolve("orders.csv"),
            """
            order_id,customer_id,event_time,product_id,category,quantity,unit_price,status
            a,1001,2026-03-01T10:00:00Z,p1,toys,2,10.25,COMPLETED
            b,1001,2026-03-01T11:00:00Z,p1,toys,1,0.10,COMPLETED
            b,1001,2026-03-01T11:00:00Z,p1,toys,1,0.10,COMPLETED
            c,1001,2026-03-01T11:30:00Z,p1,toys,1,5.00,CANCELLED
            d,,2026-03-01T11:40:00Z,p1,toys,1,5.00,COMPLETED
            e,7,2026-03-01T11:50:00Z,p1,toys,nonsense,5.00,COMPLETED
            f,7,2026-03-01T12:00:00Z,p1,toys,1,5.00,COMPLETED
            """);
    Path carts =
        Files.writeString(
            folder.resolve("carts.jsonl"),
            """
            {"event_id": "a", "cart_id": "1", "customer_id": 1001, "event_time": 1772359200000, "event": "CREATED", "cart_value": 20.5}
            {"event_id": "b", "cart_id": "1", "customer_id": 1001, "event_time": 1772362800000, "event": "ORDERED", "cart_value": 20.5}
            """);
    Path pageViews =
        Files.writeString(
            folder.resolve("page_views.csv"),
            """
            view_id,customer_id,event_time,page
            a,1001,2026-03-01T09:59:00Z,/
            b,,2026-03-01T12:00:00Z,/
            """);
    Path tickets =
        Files.writeString(
            folder.resolve("tickets.csv"),
            """
            ticket_id,customer_id,event_time,topic
            a,7,2026-03-01T12:00:00Z,delivery
            """);
    try (EmbeddedRedis redis = EmbeddedRedis.create()) {
      settings(redis.address());

      Command stream =
          Command.run(
              "stream",
              "--definitions",
              definitions,
              "--source",
              "orders=" + orders,
              "--source",
              "carts=" + carts,
              "--source",
              "page_views=" + pageViews,
              "--source",
              "support_tickets=" + tickets,
              "--parallelism",
              2,
              "-o",
              "json",
              "--report",
              folder.resolve("report.json"));

      assertThat(stream.exitCode()).as(stream.err()).isZero();
      JsonNode report = JSON.readTree(stream.out());
      assertThat(report).isEqualTo(JSON.readTree(folder.resolve("report.json").toFile()));
      assertThat(report.get("balanced").booleanValue()).isTrue();
      JsonNode view = report.get("views").get(0);
      assertThat(view.get("read").intValue()).isEqualTo(7);
      assertThat(view.get("applied").intValue()).isEqualTo(3);
      assertThat(view.get("filtered").intValue()).isEqualTo(1);
      assertThat(view.get("duplicate").intValue()).isEqualTo(1);
      assertThat(view.get("malformed").intValue()).isEqualTo(2);

      assertThat(report.get("views"))
          .extracting(
              each -> each.get("view").textValue() + " of " + each.get("source").textValue())
          .containsExactly(
              "customer_transactions of orders",
              "customer_behavior of orders",
              "customer_behavior of page_views",
              "customer_behavior of support_tickets",
              "customer_behavior of carts",
              "product_sales of orders");
      assertThat(report.get("views").get(2).get("filtered").intValue()).isEqualTo(1);
      assertThat(report.get("views").get(2).get("malformed").intValue()).isZero();

      JsonNode behavior = get("customer_behavior", "customer_id=1001").get("features");
      assertThat(behavior.get("page_views_last_7d").longValue()).isEqualTo(1);
      assertThat(behavior.get("carts_created_30d").longValue()).isEqualTo(1);
      assertThat(behavior.get("spend_by_category_30d").get("toys").doubleValue()).isEqualTo(20.6);
      JsonNode product = get("product_sales", "product_id=p1").get("features");
      assertThat(product.get("units_sold_1d").longValue()).isEqualTo(5);
      assertThat(product.get("buyers_1d").longValue()).isEqualTo(2);

      JsonNode answer = get("customer_transactions", "customer_id=1001");
      assertThat(answer.get("features").get("purchases_today").longValue()).isEqualTo(2);
      assertThat(answer.get("features").get("spend_today").doubleValue()).isEqualTo(20.6);
      assertThat(answer.get("event_timestamp").textValue()).isEqualTo("2026-03-01T11:00:00Z");
      assertThat(answer.get("valid_until").textValue()).isEqualTo("2026-03-02T10:00:00.001Z");
      assertThat(get("customer_transactions", "customer_id=8").get("status").textValue())
          .isEqualTo("NOT_FOUND");
    }
  }

  @Test
  void aMissingEndpointIsNamedWithTheFlagThatGivesIt() {
    Command stream = Command.run("stream", "--definitions", definitions);

    assertThat(stream.exitCode()).isEqualTo(1);
    assertThat(stream.err()).contains("--kafka").doesNotContain("\tat ");
  }

  @Test
  void aFileThatIsNotThereIsNamedAsInABackfill() throws IOException {
    settings("localhost:1");
    String file = "orders=" + folder.resolve("nowhere.csv");

    Command stream = Command.run("stream", "--definitions", definitions, "--source", file);
    Command backfill = Command.run("backfill", "--definitions", definitions, "--source", file);

    assertThat(stream.exitCode()).isEqualTo(1);
    assertThat(stream.err())
        .contains("--source " + file + ": found nothing there that can be read")
        .doesNotContain("\tat ");
    assertThat(backfill.err()).isEqualTo(stream.err());
  }

  @Test
  void aSourceThatThereIsNotIsNamedWithThoseThatThereAre() {
    Command stream =
        Command.run("stream", "--definitions", definitions, "--source", "ordres=orders.csv");

    assertThat(stream.exitCode()).isEqualTo(1);
    assertThat(stream.err()).contains("ordres", "[orders, carts, page_views, support_tickets]");
  }

  private JsonNode get(String view, String entity) throws IOException {
    Command get =
        Command.run(
            "online", "get", view, "--entity", entity, "--definitions", definitions, "-o", "json");
    assertThat(get.exitCode()).as(get.err()).isZero();
    return JSON.readTree(get.out()).get(0);
  }

  private void settings(String redis) throws IOException {
    Files.writeString(
        definitions.resolve("tailwater.yaml"),
        """
        redis: '%s'
        warehouse: '%s'
        dead_letters: '%s'
        checkpoints: {directory: '%s', interval: 1s}
        """
            .formatted(
                redis,
                folder.resolve("warehouse"),
                folder.resolve("dead-letters"),
                folder.resolve("checkpoints")));
  }

  @Test
  void historyIsTheArchiveOrAFileOfASource() {
    Command stream =
        Command.run("stream", "--definitions", definitions, "--history", "the-archive");

    assertThat(stream.exitCode()).isEqualTo(2);
    assertThat(stream.err()).contains("--history the-archive", "expected 'archive' or NAME=FILE");
  }

  @Test
  void aSavepointThatIsNotThereIsNamed() {
    Path missing = folder.resolve("savepoint-1");

    Command stream =
        Command.run("stream", "--definitions", definitions, "--from-savepoint", missing);

    assertThat(stream.exitCode()).isEqualTo(2);
    assertThat(stream.err())
        .contains("--from-savepoint " + missing, "the folder of a savepoint or a checkpoint");
  }
}
