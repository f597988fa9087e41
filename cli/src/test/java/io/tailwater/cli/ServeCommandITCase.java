// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailwater.definitions.ProjectLoader;
import io.tailwater.embedded.EmbeddedPostgres;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.serving.FeatureClient;
import io.tailwater.serving.FeatureStatus;
import io.tailwater.serving.OnlineFeatures;
import io.tailwater.stores.redis.RedisOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped example's customer 1001, from events and a database by commands alone, as a model
 * sees them: over HTTP, in Java and on the command line.
 */
@Timeout(240)
class ServeCommandITCase {
  private static final Path RETAIL = Path.of("../feature-definitions/retail");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ADDRESS = Pattern.compile("at (http://127\\.0\\.0\\.1:\\d+)\\.");

  private static final List<String> FEATURES =
      List.of(
          "customer_profile:account_age_days",
          "customer_profile:total_orders",
          "customer_profile:lifetime_value",
          "customer_behavior:purchases_last_30d",
          "customer_behavior:avg_order_value_30d",
          "customer_behavior:days_since_last_purchase");

  private static final Map<String, Object> EXPECTED =
      new LinkedHashMap<>(
          Map.of(
              "account_age_days",
              380,
              "total_orders",
              27L,
              "lifetime_value",
              4523.50,
              "purchases_last_30d",
              3L,
              "avg_order_value_30d",
              167.88,
              "days_since_last_purchase",
              5));

  private final Instant now = Clock.systemUTC().instant();
  @TempDir private Path folder;

  @Test
  void theClassicCallIsAnsweredOverHttpInJavaAndOnTheCommandLine() throws Exception {
    try (EmbeddedRedis redis = EmbeddedRedis.create();
        EmbeddedPostgres postgres = EmbeddedPostgres.create()) {
      Path definitions = definitions(postgres, redis);
      fill(postgres);
      run("backfill", definitions, backfillArguments());
      run(
          "materialize",
          definitions,
          List.of("2020-01-01", now.toString(), "--view", "customer_profile"));

      assertJava(definitions, redis);
      assertCommandLine(definitions);
      assertHttp(definitions);
    }
  }

  private void assertJava(Path definitions, EmbeddedRedis redis) {
    try (FeatureClient client =
        FeatureClient.create(
            ProjectLoader.load(definitions),
            RedisOptions.of(redis.host(), redis.port()),
            Clock.systemUTC())) {
      OnlineFeatures read =
          client.getOnlineFeatures(
              FEATURES, List.of(Map.of("customer_id", 1001), Map.of("customer_id", 9999)));
      EXPECTED.forEach(
          (name, value) -> {
            assertThat(read.get(0, name).value()).as(name).isEqualTo(value);
            assertThat(read.get(1, name).status()).isEqualTo(FeatureStatus.NOT_FOUND);
          });
    }
  }

  private static void assertCommandLine(Path definitions) throws IOException {
    List<Object> arguments = new ArrayList<>(List.of("online", "get"));
    arguments.addAll(FEATURES);
    arguments.addAll(
        List.of("--entity", "customer_id=1001", "--definitions", definitions, "-o", "json"));
    Command get = Command.run(arguments.toArray());
    assertThat(get.exitCode()).as(get.err()).isZero();
    Map<String, String> values = new LinkedHashMap<>();
    for (JsonNode view : JSON.readTree(get.out())) {
      view.get("features")
          .properties()
          .forEach(feature -> values.put(feature.getKey(), feature.getValue().toString()));
    }
    assertThat(values).isEqualTo(texts());
  }

  private static void assertHttp(Path definitions) throws Exception {
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Tailwater.class.getName(),
                "serve",
                "--port",
                "0",
                "--definitions",
                definitions.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = server.inputReader(UTF_8)) {
      String said = String.valueOf(out.readLine());
      Matcher address = ADDRESS.matcher(said);
      assertThat(address.find()).as(said).isTrue();
      assertThat(said).startsWith("Serving the features of retail at ");
      HttpResponse<String> response =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(address.group(1) + "/get-online-features"))
                      .POST(
                          BodyPublishers.ofString(
                              JSON.writeValueAsString(
                                  Map.of(
                                      "entities",
                                      Map.of("customer_id", List.of(1001, 9999)),
                                      "features",
                                      FEATURES))))
                      .build(),
                  BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      assertThat(values(JSON.readTree(response.body()))).isEqualTo(texts());
      server.toHandle().destroy();
      assertThat(server.waitFor(30, TimeUnit.SECONDS)).as("ends by SIGTERM").isTrue();
    } finally {
      server.destroyForcibly();
    }
  }

  private static Map<String, String> values(JsonNode answer) {
    Map<String, String> values = new LinkedHashMap<>();
    JsonNode names = answer.at("/metadata/feature_names");
    assertThat(names.get(0).textValue()).isEqualTo("customer_id");
    for (int i = 1; i < names.size(); i++) {
      JsonNode result = answer.get("results").get(i);
      assertThat(result.get("statuses").toString()).isEqualTo("[\"PRESENT\",\"NOT_FOUND\"]");
      values.put(names.get(i).textValue(), result.get("values").get(0).toString());
    }
    return values;
  }

  private static Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    EXPECTED.forEach((name, value) -> texts.put(name, value.toString()));
    return texts;
  }

  private static void run(String command, Path definitions, List<String> arguments) {
    Command ran =
        Command.run(
            Stream.concat(
                    Stream.of(command, "--definitions", definitions, "--parallelism", 1),
                    arguments.stream())
                .toArray());
    assertThat(ran.exitCode()).as(ran.err()).isZero();
  }

  private List<String> backfillArguments() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--view", "customer_behavior", "--online"));
    List<String> orders = new ArrayList<>();
    // Three that count, one that was returned, one of too long ago.
    orders.add(order("a", 5, 100.00, "COMPLETED"));
    orders.add(order("b", 12, 153.64, "COMPLETED"));
    orders.add(order("c", 29, 250.00, "COMPLETED"));
    orders.add(order("d", 6, 999.00, "RETURNED"));
    orders.add(order("e", 40, 77.00, "COMPLETED"));
    write("orders", orders, arguments);
    write(
        "carts",
        List.of(
            "{\"event_id\": \"x\", \"cart_id\": \"x\", \"customer_id\": 7, \"event_time\": %d, \"event\": \"CREATED\", \"cart_value\": 1.0}"
                .formatted(ago(6))),
        arguments);
    write(
        "page_views",
        List.of(
            "{\"view_id\": \"x\", \"customer_id\": 7, \"event_time\": %d, \"page\": \"/\"}"
                .formatted(ago(6))),
        arguments);
    write(
        "support_tickets",
        List.of(
            "{\"ticket_id\": \"x\", \"customer_id\": 7, \"event_time\": %d, \"topic\": \"t\"}"
                .formatted(ago(6))),
        arguments);
    return arguments;
  }

  private void write(String source, List<String> lines, List<String> arguments) throws IOException {
    Path file = Files.write(folder.resolve(source + ".jsonl"), lines);
    arguments.add("--source");
    arguments.add(source + "=" + file);
  }

  private String order(String id, int daysAgo, double price, String status) {
    return "{\"order_id\": \"%s\", \"customer_id\": 1001, \"event_time\": %d, \"product_id\": \"p\", \"category\": \"c\", \"quantity\": 1, \"unit_price\": %s, \"status\": \"%s\"}"
        .formatted(id, ago(daysAgo), price, status);
  }

  /** So many days and an hour ago: the test may take a while. */
  private long ago(int days) {
    return now.minus(days, ChronoUnit.DAYS).minus(1, ChronoUnit.HOURS).toEpochMilli();
  }

  private void fill(EmbeddedPostgres postgres) {
    Profiles.sql(
        postgres,
        "CREATE TABLE customers (customer_id bigint PRIMARY KEY, signed_up_at timestamp,"
            + " total_orders bigint, lifetime_value numeric(12,2), preferred_category text,"
            + " email_verified boolean, updated_at timestamp)",
        "INSERT INTO customers VALUES (1001, '%s', 27, 4523.50, 'toys', true, '%s')"
            .formatted(local(ago(380)), local(ago(1))));
  }

  private static String local(long at) {
    return Instant.ofEpochMilli(at).toString().replace("Z", "");
  }

  /** The example as it is shipped, but for its addresses, which are in the environment else. */
  private Path definitions(EmbeddedPostgres postgres, EmbeddedRedis redis) throws IOException {
    Path copy = Files.createDirectories(folder.resolve("retail"));
    try (Stream<Path> files = Files.list(RETAIL)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text =
            Files.readString(file)
                .replace("${CRM_URL:-jdbc:postgresql://localhost:5432/crm}", postgres.jdbcUrl())
                .replace("${REDIS_ADDRESS:-localhost:6379}", redis.address())
                .replace(
                    "${TAILWATER_WAREHOUSE:-./warehouse}", folder.resolve("warehouse").toString())
                .replace(
                    "${TAILWATER_CHECKPOINTS:-./checkpoints}",
                    folder.resolve("checkpoints").toString());
        Files.writeString(copy.resolve(file.getFileName().toString()), text);
      }
    }
    return copy;
  }
}
