// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tailwater.definitions.settings.CheckpointSettings;
import io.tailwater.definitions.settings.KafkaSettings;
import io.tailwater.definitions.settings.LayoutKind;
import io.tailwater.definitions.settings.RedisSettings;
import io.tailwater.definitions.settings.SchemaRegistrySettings;
import io.tailwater.definitions.settings.SchemaRegistrySettings.Credentials;
import io.tailwater.definitions.settings.ServingSettings;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.definitions.settings.Settings.StateBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsLoaderTest {
  @TempDir private Path folder;

  @Test
  void isTheDefaultWithoutAFile() {
    assertThat(SettingsLoader.load(folder, Map.of())).isEqualTo(Settings.DEFAULT);
  }

  @Test
  void isTheDefaultOfAnEmptyFile() throws IOException {
    assertThat(load("# nothing\n", Map.of())).isEqualTo(Settings.DEFAULT);
  }

  @Test
  void readsEveryValue() throws IOException {
    Settings settings =
        load(
            """
            kafka:
              bootstrap: broker:9092
              properties: {security.protocol: SSL, max.poll.records: 10}
              max_drift: 2d
              schema_registry: {url: 'https://registry/path/', username: u, password: "${TOKEN}", retry_for: 5m}
            redis: {address: 'cache:7000', username: u, password: p, tls: true, cluster: true, expire_after: 90d, layout: feast}
            warehouse: s3://bucket/warehouse
            catalog: {type: rest, uri: 'https://catalog'}
            checkpoints: {directory: /tmp/checkpoints, interval: 30s}
            state_backend: heap
            dead_letters: dead
            serving:
              host: 0.0.0.0
              port: 7000
              tokens: ["${TOKEN}", other]
              max_body_bytes: 1000
              max_rows: 10
              threads: 16
              redis_timeout: 100ms
              request_timeout: 300ms
              max_lag: 5m
            """,
            Map.of("TOKEN", "hush"));

    assertThat(settings)
        .isEqualTo(
            new Settings(
                new KafkaSettings(
                    "broker:9092",
                    Map.of("security.protocol", "SSL", "max.poll.records", "10"),
                    2 * 86_400_000L,
                    new SchemaRegistrySettings(
                        "https://registry/path", new Credentials("u", "hush", false), 300_000)),
                new RedisSettings(
                    "cache", 7000, "u", "p", true, true, 90 * 86_400_000L, LayoutKind.FEAST),
                "s3://bucket/warehouse",
                Map.of("type", "rest", "uri", "https://catalog"),
                new CheckpointSettings("/tmp/checkpoints", 30_000),
                StateBackend.HEAP,
                "dead",
                new ServingSettings(
                    "0.0.0.0", 7000, List.of("hush", "other"), 1000, 10, 16, 100, 300, 300_000)));
  }

  @Test
  void readsShortForms() throws IOException {
    Settings settings = load("{kafka: 'a:1,b:2', redis: localhost}", Map.of());

    assertThat(settings.kafka()).isEqualTo(new KafkaSettings("a:1,b:2", Map.of()));
    assertThat(settings.redis()).isEqualTo(RedisSettings.of("localhost:6379"));
  }

  @Test
  void readsWhereARegistryIsAndWhoAsksIt() throws IOException {
    assertThat(registry("http://r:8081")).isEqualTo(SchemaRegistrySettings.of("http://r:8081"));
    assertThat(registry("{url: 'http://r', token: t}").credentials())
        .isEqualTo(new Credentials(null, "t", false));
    assertThat(registry("{url: 'http://r', token_file: /run/t}").credentials())
        .isEqualTo(new Credentials(null, "/run/t", true));
    assertThat(registry("{url: 'http://r', username: u, password_file: /run/p}").credentials())
        .isEqualTo(new Credentials("u", "/run/p", true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "r:8081 | found 'r:8081', expected an http or https URL without credentials",
        "'https://u:hush@r' | found credentials in the URL, expected an http",
        "{} | found no 'url'",
        "{url: 'http://r', username: u} | found a username alone, expected 'password' or",
        "{url: 'http://r', password: hush} | found a password without 'username', expected both",
        "{url: 'http://r', token: hush, username: u} | found a username beside a token",
        "{url: 'http://r', token: hush, token_file: f} | found token and token_file, expected one of",
        "{url: 'http://r', username: 'u:v', password: hush} | found a ':' in it",
        "{url: 'http://r', retry_for: long} | found 'long', expected a duration",
        "{url: 'http://r', passwort: hush} | (did you mean 'password'?)",
      })
  void tellsWhatIsWrongWithARegistry(String registry, String problem) {
    assertThat(problemsOf("kafka: {bootstrap: b, schema_registry: %s}".formatted(registry)))
        .singleElement()
        .asString()
        .contains("kafka.schema_registry", problem)
        .doesNotContain("hush");
  }

  @Test
  void replacesVariablesAndTheirDefaults() throws IOException {
    Settings settings =
        load(
            """
            redis: {address: "${HOST}:${PORT:-7000}", password: "${PASSWORD}"}
            warehouse: ${BASE:-/data}/warehouse
            dead_letters: ${EMPTY:-letters}
            """,
            Map.of("HOST", "cache", "PASSWORD", "a$1\\b", "EMPTY", ""));

    assertThat(settings.redis())
        .isEqualTo(
            new RedisSettings(
                "cache", 7000, null, "a$1\\b", false, false, null, LayoutKind.NATIVE));
    assertThat(settings.warehouse()).isEqualTo("/data/warehouse");
    assertThat(settings.deadLetters()).isEqualTo("letters");
  }

  @Test
  void readsSecretsFromFiles() throws IOException {
    Path secret = Files.writeString(folder.resolve("redis-password"), "a}$1\\b\n");

    Settings settings =
        load(
            "redis: {address: 'cache:7000', password: '${file:%s}'}\n".formatted(secret), Map.of());

    assertThat(settings.redis())
        .isEqualTo(
            new RedisSettings(
                "cache", 7000, null, "a}$1\\b", false, false, null, LayoutKind.NATIVE));
  }

  @Test
  void saysWhichFileCannotBeRead() {
    assertThat(problemsOf("warehouse: '${file:/nowhere/warehouse}/events'\n"))
        .containsExactly(
            "tailwater.yaml:1:12: warehouse: found ${file:/nowhere/warehouse}, which cannot be"
                + " read, expected a file in UTF-8 that has the value (create it, and let this"
                + " user read it)");
  }

  @Test
  void reportsEveryProblemAtOnce() {
    assertThat(
            problemsOf(
                """
                kafka: {bootstrapp: x}
                redis: {address: "host:port", tls: maybe, layout: fest, password: "${SECRET}"}
                checkpoints: {interval: soon}
                state_backend: memory
                warehouse: [a]
                serving: {port: http, threads: 1}
                """))
        .containsExactly(
            "tailwater.yaml:1:8: kafka: found no 'bootstrap', expected 'bootstrap: …'",
            "tailwater.yaml:1:9: kafka.bootstrapp: found the unknown key 'bootstrapp', expected one"
                + " of bootstrap, max_drift, properties, schema_registry (did you mean 'bootstrap'?)",
            "tailwater.yaml:2:18: redis.address: found 'host:port', expected HOST:PORT, as in"
                + " localhost:6379",
            "tailwater.yaml:2:36: redis.tls: found 'maybe', expected true or false",
            "tailwater.yaml:2:51: redis.layout: found 'fest', expected native or feast",
            "tailwater.yaml:2:67: redis.password: found ${SECRET}, which is not set, expected a"
                + " variable of the environment (set it, or write a default: ${SECRET:-…})",
            "tailwater.yaml:3:25: checkpoints.interval: found 'soon', expected a duration such as"
                + " 100ms, 30s, 5m, 1h or 7d",
            "tailwater.yaml:4:16: state_backend: found 'memory', expected heap or rocksdb",
            "tailwater.yaml:5:12: warehouse: found a list, expected a text",
            "tailwater.yaml:6:10: serving: found threads must be at least 8 but is 1, expected"
                + " values within their limits",
            "tailwater.yaml:6:17: serving.port: found 'http', expected a whole number");
  }

  @Test
  void keepsSecretsOutOfItsText() {
    Settings settings =
        Settings.DEFAULT
            .withKafka(
                new KafkaSettings("b:1", Map.of("sasl.jaas.config", "hush", "acks", "all"))
                    .withSchemaRegistry(
                        SchemaRegistrySettings.of("http://r")
                            .withCredentials(new Credentials("u", "hush", false))))
            .withRedis(
                new RedisSettings("h", 1, "u", "hush", false, false, null, LayoutKind.NATIVE))
            .withServing(ServingSettings.DEFAULT.withTokens(List.of("hush")))
            .withCatalog(Map.of("jdbc.password", "hush", "uri", "jdbc:postgresql://u:hush@h/d"))
            .withWarehouse("s3://id:hush@bucket");

    assertThat(settings.toString()).doesNotContain("hush").contains("***", "acks=all");
  }

  @Test
  void everyValueCanBeOverridden() {
    Settings settings =
        Settings.DEFAULT
            .withKafka(new KafkaSettings("b:1", Map.of()))
            .withRedis(RedisSettings.of("[::1]:7"))
            .withWarehouse("w")
            .withCatalog(Map.of("a", "b"))
            .withCheckpoints(CheckpointSettings.DEFAULT.withDirectory("d").withIntervalMillis(5))
            .withStateBackend(StateBackend.HEAP)
            .withDeadLetters("l")
            .withServing(ServingSettings.DEFAULT.withAddress("h", 1));

    assertThat(settings)
        .isEqualTo(
            new Settings(
                new KafkaSettings("b:1", Map.of()),
                new RedisSettings("::1", 7, null, null, false, false, null, LayoutKind.NATIVE),
                "w",
                Map.of("a", "b"),
                new CheckpointSettings("d", 5),
                StateBackend.HEAP,
                "l",
                ServingSettings.DEFAULT.withAddress("h", 1)));
  }

  @Test
  void loadsTheShippedExample() {
    Settings settings = SettingsLoader.load(Path.of("retail"), Map.of());

    assertThat(settings.kafka()).isEqualTo(new KafkaSettings("localhost:9092", Map.of()));
    assertThat(settings.redis()).isEqualTo(RedisSettings.of("localhost:6379"));
    assertThat(settings.checkpoints()).isEqualTo(new CheckpointSettings("./checkpoints", 10_000));
  }

  private SchemaRegistrySettings registry(String yaml) throws IOException {
    return load("kafka: {bootstrap: b, schema_registry: %s}".formatted(yaml), Map.of())
        .kafka()
        .schemaRegistry();
  }

  private List<String> problemsOf(String yaml) {
    DefinitionException refused =
        catchThrowableOfType(DefinitionException.class, () -> load(yaml, Map.of()));
    return refused.problems().stream().map(Problem::toString).toList();
  }

  private Settings load(String yaml, Map<String, String> environment) throws IOException {
    Files.writeString(folder.resolve("tailwater.yaml"), yaml);
    return SettingsLoader.load(folder, environment);
  }
}
