// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static io.tailwater.cli.ChurnHistory.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.cli.ChurnFeatures.Profile;
import io.tailwater.embedded.EmbeddedPostgres;
import io.tailwater.embedded.EmbeddedRedis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training set of the shipped example as it is, of events in files and of customers in a real
 * PostgreSQL: every feature of churn_v1 at every label against a computation from scratch.
 */
class ChurnTrainingSetITCase {
  private static final long SEED = 20_250_101;
  private static final Path RETAIL =
      Path.of("..", "feature-definitions", "retail").toAbsolutePath().normalize();
  private static final Path SCRIPT = Path.of("..", "tailwater").toAbsolutePath().normalize();

  /** Four JVMs that live for seconds: the whole compiler would take longer than it saves. */
  private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private static final String END = "2025-03-05T00:00:00Z";

  /** Has a profile, and no event. */
  private static final long SILENT = 1006;

  private static final long UNKNOWN = 1007;

  /** What the database has at first; nothing of the buyer 1004. */
  private static final List<Profile> FIRST =
      List.of(
          profile(
              1001, "2023-06-01T12:00:00Z", 12L, 450.75, "toys", true, "2025-01-10T09:30:00.123Z"),
          profile(1002, "2024-12-31T23:59:59.999Z", null, null, null, null, "2025-01-05T00:00:00Z"),
          profile(1003, "2024-02-29T00:00:00Z", 3L, 0.1, "books", false, "2025-02-01T08:00:00Z"),
          profile(1005, "2025-01-02T00:00:00Z", 0L, 0.0, "toys", true, "2025-01-02T00:00:00Z"),
          profile(
              SILENT, "2020-01-01T00:00:00Z", 7L, 12.5, "garden", true, "2025-01-20T20:20:20Z"));

  /** What it has later in the place of these customers' rows. */
  private static final List<Profile> UPDATED =
      List.of(
          profile(
              1001, "2023-06-01T12:00:00Z", 20L, 9999999.99, "books", true, "2025-02-11T17:00:00Z"),
          profile(
              1002, "2024-12-31T23:59:59.999Z", 1L, 19.99, "garden", true, "2025-02-20T00:00:00Z"));

  @TempDir private Path folder;

  /** An instant of a customer, and whether the customer left. */
  private record Label(long customer, long at, int churned) {}

  @Test
  void everyFeatureOfTheServiceIsRightAtEveryLabel() throws Exception {
    Random random = new Random(SEED);
    ChurnHistory history = ChurnHistory.random(random);
    history.write(folder, random);
    backfill();
    materializeTheCustomers();

    List<Profile> profiles = new ArrayList<>(FIRST);
    profiles.addAll(UPDATED);
    List<Label> labels = labels(history, profiles, random);
    List<String> set = historical(labels);

    compare(labels, set, new ChurnFeatures(history, profiles));
  }

  private void backfill() throws IOException, InterruptedException {
    tailwater(
        Map.of(),
        "backfill --source orders=orders.jsonl --source carts=carts.jsonl"
            + " --source page_views=page_views.jsonl"
            + " --source support_tickets=support_tickets.jsonl --to "
            + END);
  }

  private void materializeTheCustomers() throws IOException, InterruptedException {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.create();
        EmbeddedRedis redis = EmbeddedRedis.create()) {
      Map<String, String> environment = new TreeMap<>();
      environment.put("REDIS_ADDRESS", redis.address());
      environment.put(
          "CRM_URL",
          "jdbc:postgresql://%s:%d/postgres".formatted(postgres.host(), postgres.port()));
      Profiles.sql(
          postgres,
          "CREATE TABLE customers (customer_id bigint PRIMARY KEY, signed_up_at timestamp,"
              + " total_orders bigint, lifetime_value numeric(12,2), preferred_category text,"
              + " email_verified boolean, updated_at timestamp)",
          "CREATE ROLE reader LOGIN PASSWORD 'secret'",
          "GRANT SELECT ON customers TO reader");
      FIRST.forEach(profile -> Profiles.sql(postgres, insert(profile)));
      materialize(environment);

      for (Profile profile : UPDATED) {
        Profiles.sql(
            postgres,
            "DELETE FROM customers WHERE customer_id = " + profile.customer(),
            insert(profile));
      }
      environment.put("CRM_USER", "reader");
      environment.put("CRM_PASSWORD", "secret");
      materialize(environment);
    }
  }

  private void materialize(Map<String, String> environment)
      throws IOException, InterruptedException {
    tailwater(environment, "materialize 2025-01-01 " + END + " --view customer_profile");
  }

  private List<String> historical(List<Label> labels) throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>(List.of("customer_id,event_timestamp,churned"));
    for (Label label : labels) {
      lines.add(text(label));
    }
    Files.write(folder.resolve("labels.csv"), lines);
    tailwater(
        Map.of(), "historical --labels labels.csv --feature-service churn_v1 --output set.csv");
    return Files.readAllLines(folder.resolve("set.csv"));
  }

  /**
   * Runs the script in the folder, since the example takes addresses from the environment and
   * leaves what it writes where it runs.
   */
  private void tailwater(Map<String, String> environment, String arguments)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString());
    builder.command().addAll(List.of(arguments.split(" ")));
    builder.command().addAll(List.of("--parallelism", "2", "--definitions", RETAIL.toString()));
    builder
        .environment()
        .keySet()
        .removeIf(
            name ->
                name.startsWith("CRM_")
                    || name.startsWith("TAILWATER_")
                    || name.equals("REDIS_ADDRESS"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("TAILWATER_JAVA_OPTS", SHORT_LIVED);
    builder.environment().putAll(environment);
    builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("%s ended in time", arguments).isTrue();
      String said = Files.readString(output, StandardCharsets.UTF_8);
      assertThat(process.exitValue()).as(said).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  /** On events, on the ends of their windows, a millisecond beside both, and anywhere. */
  private static List<Label> labels(ChurnHistory history, List<Profile> profiles, Random random) {
    long end = Instant.parse(END).toEpochMilli();
    Set<Label> labels = new LinkedHashSet<>();
    for (long customer = 1001; customer <= UNKNOWN; customer++) {
      LongStream.Builder instants = LongStream.builder().add(ChurnHistory.START);
      for (int i = 0; i < 12; i++) {
        instants.add(ChurnHistory.START + random.nextLong(end - ChurnHistory.START));
      }
      long[] events = history.times(customer).toArray();
      for (int i = 0; i < Math.min(8, events.length); i++) {
        long event = events[random.nextInt(events.length)];
        for (int days : List.of(0, 1, 7, 30)) {
          for (int beside = -1; beside <= 1; beside++) {
            instants.add(event + days * DAY + beside);
          }
        }
      }
      for (Profile profile : profiles) {
        if (profile.customer() == customer) {
          instants.add(profile.updatedAt()).add(profile.updatedAt() - 1);
        }
      }
      for (long at : instants.build().filter(at -> at <= end).toArray()) {
        labels.add(new Label(customer, at, random.nextInt(2)));
      }
    }
    List<Label> shuffled = new ArrayList<>(labels);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  private static void compare(List<Label> labels, List<String> set, ChurnFeatures features) {
    List<String> names = List.copyOf(features.of(UNKNOWN, 0).keySet());
    assertThat(set.get(0))
        .isEqualTo("customer_id,event_timestamp,churned," + String.join(",", names));
    assertThat(set).hasSize(labels.size() + 1);
    Map<String, Integer> values = new LinkedHashMap<>();
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      Label label = labels.get(i);
      String[] cells = set.get(i + 1).split(",", -1);
      assertThat(cells).as(set.get(i + 1)).hasSize(names.size() + 3);
      assertThat(set.get(i + 1)).as("rows keep their order").startsWith(text(label) + ",");
      Map<String, @Nullable Object> expected = features.of(label.customer(), label.at());
      for (int f = 0; f < names.size(); f++) {
        String name = names.get(f);
        Object value = expected.get(name);
        Object found = parse(cells[f + 3], value);
        if (value == null ? found != null : !value.equals(found)) {
          differences.add("%s: %s is %s, not %s".formatted(label, name, found, value));
        }
        values.merge(name, value == null ? 0 : 1, Integer::sum);
      }
    }
    assertThat(differences).as("seed %d", SEED).isEmpty();
    assertThat(values)
        .as("each is compared often")
        .allSatisfy((name, count) -> assertThat(count).isBetween(50, labels.size() - 20));
  }

  /** As the type of what is expected, so that another spelling of a number is no difference. */
  private static @Nullable Object parse(String cell, @Nullable Object expected) {
    if (cell.isEmpty()) {
      return null;
    }
    if (expected instanceof Double) {
      return Double.valueOf(cell);
    }
    if (expected instanceof Long) {
      return Long.valueOf(cell);
    }
    return expected instanceof Boolean && cell.equals(expected.toString()) ? expected : cell;
  }

  private static String text(Label label) {
    return "%d,%s,%d"
        .formatted(label.customer(), Instant.ofEpochMilli(label.at()), label.churned());
  }

  private static Profile profile(
      long customer,
      String signedUpAt,
      @Nullable Long orders,
      @Nullable Double value,
      @Nullable String category,
      @Nullable Boolean verified,
      String updatedAt) {
    return new Profile(
        customer,
        Instant.parse(signedUpAt).toEpochMilli(),
        orders,
        value,
        category,
        verified,
        Instant.parse(updatedAt).toEpochMilli());
  }

  private static String insert(Profile profile) {
    String category = profile.category();
    return "INSERT INTO customers VALUES (%d, '%s', %s, %s, %s, %s, '%s')"
        .formatted(
            profile.customer(),
            local(profile.signedUpAt()),
            profile.totalOrders(),
            profile.lifetimeValue(),
            category == null ? null : "'" + category + "'",
            profile.verified(),
            local(profile.updatedAt()));
  }

  /** As PostgreSQL reads a timestamp without a zone. */
  private static String local(long at) {
    return Instant.ofEpochMilli(at).toString().replace("Z", "");
  }
}
