// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailwater.definitions.ProjectLoader;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.NativeLayout;
import io.tailwater.stores.redis.RedisOptions;
import io.tailwater.stores.redis.RedisWriter;
import io.tailwater.stores.redis.RedisWriterListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Views over events: from their offline table into a real Redis. */
class MaterializeEventsITCase {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HEADER = "order_id,customer_id,at,amount\n";

  @TempDir private Path folder;
  private Path definitions;
  private EmbeddedRedis redis;

  @BeforeEach
  void writeProject() throws IOException {
    redis = EmbeddedRedis.create();
    definitions = Files.createDirectories(folder.resolve("definitions"));
    Files.writeString(
        definitions.resolve("order.avsc"),
        """
        {"type": "record", "name": "Order", "fields": [
          {"name": "order_id", "type": "string"},
          {"name": "customer_id", "type": ["null", "long"]},
          {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
          {"name": "amount", "type": "double"}]}
        """);
    Files.writeString(
        definitions.resolve("shop.yaml"),
        """
        project: shop
        entities:
          - {name: customer, join_keys: [{name: customer_id, type: INT64}]}
        sources:
          - {name: orders, schema: order.avsc, event_time: at, event_id: [order_id]}
        feature_views:
          - name: spend
            entity: customer
            source: orders
            features:
              - {name: orders_1d, aggregate: count(*), window: 1d}
              - {name: spend_1d, aggregate: sum(amount), window: 1d}
        """);
    Files.writeString(
        definitions.resolve("tailwater.yaml"),
        "redis: '%s'%nwarehouse: '%s'%ndead_letters: '%s'%n"
            .formatted(
                redis.address(), folder.resolve("warehouse"), folder.resolve("dead-letters")));
  }

  @AfterEach
  void stopRedis() {
    redis.close();
  }

  @Test
  void aRedisThatWasFlushedServesTheSameValuesAgain() throws IOException {
    ok(
        run(
            "stream",
            "--source",
            "orders=" + orders("a,1,2026-03-01T10:00:00Z,10.25", "b,2,2026-03-01T10:30:00Z,1.00"),
            "--checkpoints",
            folder.resolve("checkpoints")));
    JsonNode before = online(1);
    assertThat(before.get("features").get("spend_1d").doubleValue()).isEqualTo(10.25);
    redis.stop();
    redis.start();

    JsonNode report = report(run("materialize", "2026-01-01", "2026-03-02", "-o", "json"));

    assertThat(report.toString())
        .isEqualTo("{\"view\":\"spend\",\"kind\":\"events\",\"read\":2,\"vectors\":2}");
    JsonNode after = online(1);
    assertThat(after.get("features")).isEqualTo(before.get("features"));
    assertThat(after.get("event_timestamp")).isEqualTo(before.get("event_timestamp"));
    assertThat(after.get("valid_until").textValue())
        .as("the table says nothing beyond its watermark")
        .isEqualTo("2026-03-01T10:30:00.001Z");
  }

  @Test
  void aRunningStreamsVectorStays() throws IOException, InterruptedException {
    backfill("2026-03-01", "2026-03-01T12:00:00Z", "a,1,2026-03-01T10:00:00Z,10.25");
    NativeLayout layout =
        NativeLayout.of("shop", ProjectLoader.load(definitions).view("spend").orElseThrow());
    try (RedisWriter stream =
        new RedisWriter(
            layout, RedisOptions.of(redis.host(), redis.port()), new RedisWriterListener() {})) {
      stream.add(vector(1, "2026-03-01T10:00:00Z", 77.0));
      stream.flush();
    }

    assertThat(
            report(run("materialize-incremental", "2026-03-02", "-o", "json"))
                .get("vectors")
                .intValue())
        .isEqualTo(1);

    assertThat(online(1).get("features").get("spend_1d").doubleValue())
        .as("the same instant: the stream's generation wins")
        .isEqualTo(77.0);
  }

  @Test
  void anIncrementalRunReadsWhatCameSinceLateRowsIncluded() throws IOException {
    backfill("2026-03-02", "2026-03-05", "b,2,2026-03-02T10:00:00Z,2.00");
    assertThat(incremental("2026-03-02T12:00:00Z")).isEqualTo("1 1");
    assertThat(incremental("2026-03-02T12:00:00Z")).isEqualTo("0 0");

    // Came after the first run, and is of a time before its end.
    backfill("2026-03-01", "2026-03-01T23:00:00Z", "a,1,2026-03-01T10:00:00Z,1.00");
    assertThat(incremental("2026-03-04"))
        .as("the late row, and the end of a window")
        .isEqualTo("2 2");

    assertThat(online(1).get("features").get("spend_1d").doubleValue()).isEqualTo(1.0);
    assertThat(online(2).get("event_timestamp").textValue()).isEqualTo("2026-03-03T10:00:00.001Z");
    assertThat(incremental("2026-03-05")).isEqualTo("0 0");
  }

  @Test
  void anEndBeforeWhereAViewStandsIsRefused() {
    ok(run("materialize-incremental", "2026-03-02"));

    Command back = run("materialize-incremental", "2026-03-01");

    assertThat(back.exitCode()).isEqualTo(1);
    assertThat(back.err())
        .contains("view 'spend' stands at 2026-03-02T00:00:00Z already", "2026-03-01T00:00:00Z")
        .contains("tailwater materialize START END")
        .doesNotContain("\tat ");
  }

  @Test
  void anEndThatHasNotComeIsRefused() {
    Command future = run("materialize", "2026-01-01", "2226-01-01");

    assertThat(future.exitCode()).isEqualTo(1);
    assertThat(future.err()).contains("the end 2226-01-01T00:00:00Z has not come yet");
  }

  @Test
  void aViewThatThereIsNotIsNamedWithThoseThatThereAre() {
    Command command = run("materialize", "2026-01-01", "2026-02-01", "--view", "spent");

    assertThat(command.exitCode()).isEqualTo(1);
    assertThat(command.err()).contains("--view spent", "[spend]");
  }

  @Test
  void aRedisThatIsAwayIsNamed() {
    redis.stop();

    Command command = run("materialize-incremental", "2026-03-02");

    assertThat(command.exitCode()).isEqualTo(1);
    assertThat(command.err())
        .contains("cannot read where views stand in Redis")
        .doesNotContain("\tat ");
    redis.start();
  }

  @Test
  void wrongUsageIsExplained() {
    Command range = run("materialize", "2026-02-01", "2026-01-01");
    assertThat(range.exitCode()).isEqualTo(2);
    assertThat(range.err()).contains("START 2026-02-01T00:00:00Z is after END");

    Command lookback = run("materialize-incremental", "2026-01-01", "--lookback", "soon");
    assertThat(lookback.exitCode()).isEqualTo(2);
    assertThat(lookback.err()).contains("'soon' is no duration");

    assertThat(run("materialize").exitCode()).isEqualTo(2);
    assertThat(Command.run("materialize", "--help").out())
        .contains("tailwater materialize 2026-01-01");
    assertThat(Command.run("materialize-incremental", "--help").out()).contains("--lookback 7d");
  }

  private String incremental(String end) throws IOException {
    JsonNode view = report(run("materialize-incremental", end, "-o", "json"));
    return view.get("read").intValue() + " " + view.get("vectors").intValue();
  }

  private void backfill(String from, String to, String... lines) throws IOException {
    ok(run("backfill", "--source", "orders=" + orders(lines), "--from", from, "--to", to));
  }

  private Path orders(String... lines) throws IOException {
    return Files.writeString(folder.resolve("orders.csv"), HEADER + String.join("\n", lines));
  }

  private static OnlineVector vector(long customer, String asOf, double spend) {
    return new OnlineVector(
        new Object[] {customer},
        java.time.Instant.parse(asOf).toEpochMilli(),
        OnlineVector.FOREVER,
        1,
        1,
        new Object[] {1L, spend});
  }

  private JsonNode online(long customer) throws IOException {
    Command get =
        run("online", "get", "spend", "--entity", "customer_id=" + customer, "-o", "json");
    ok(get);
    return JSON.readTree(get.out()).get(0);
  }

  private static JsonNode report(Command command) throws IOException {
    ok(command);
    return JSON.readTree(command.out()).get("views").get(0);
  }

  private static void ok(Command command) {
    assertThat(command.exitCode()).as(command.err()).isZero();
  }

  private Command run(Object... arguments) {
    List<Object> all = new java.util.ArrayList<>(List.of(arguments));
    all.addAll(List.of("--definitions", definitions));
    return Command.run(all.toArray());
  }
}
