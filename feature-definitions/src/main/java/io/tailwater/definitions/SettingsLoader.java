// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.settings.CheckpointSettings;
import io.tailwater.definitions.settings.KafkaSettings;
import io.tailwater.definitions.settings.LayoutKind;
import io.tailwater.definitions.settings.RedisSettings;
import io.tailwater.definitions.settings.SchemaRegistrySettings;
import io.tailwater.definitions.settings.ServingSettings;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.definitions.settings.Settings.StateBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Loads {@code tailwater.yaml}, the endpoints and secrets beside a project's definitions. */
public final class SettingsLoader {
  /** The name of the file. */
  public static final String FILE_NAME = "tailwater.yaml";

  private static final Set<String> KEYS =
      Set.of(
          "kafka",
          "redis",
          "warehouse",
          "catalog",
          "checkpoints",
          "state_backend",
          "dead_letters",
          "serving");
  private static final Set<String> KAFKA_KEYS =
      Set.of("bootstrap", "properties", "max_drift", "schema_registry");
  private static final Set<String> REDIS_KEYS =
      Set.of("address", "username", "password", "tls", "cluster", "expire_after", "layout");
  private static final Set<String> CHECKPOINT_KEYS = Set.of("directory", "interval");
  private static final String ADDRESS = "HOST:PORT, as in localhost:6379";

  private final Problems problems = new Problems();
  private final Interpolation interpolation;

  private SettingsLoader(Map<String, String> environment) {
    this.interpolation = new Interpolation(environment);
  }

  /**
   * Loads the settings.
   *
   * @param folder where {@code tailwater.yaml} is; without one, the settings are the default
   * @param environment what <code>${NAME}</code> in the file refers to, as a rule {@link
   *     System#getenv()}
   * @throws DefinitionException with everything that is wrong in the file
   */
  public static Settings load(Path folder, Map<String, String> environment) {
    Path file = requireNonNull(folder, "folder is null").resolve(FILE_NAME);
    requireNonNull(environment, "environment is null");
    return Files.exists(file) ? new SettingsLoader(environment).read(file) : Settings.DEFAULT;
  }

  private Settings read(Path file) {
    Settings settings =
        new YamlReader(problems).read(file).map(this::settings).orElse(Settings.DEFAULT);
    problems.throwIfAny();
    return settings;
  }

  private Settings settings(YamlMapping mapping) {
    mapping.refuseOthers(KEYS, Map.of());
    return new Settings(
        mapping.get("kafka").flatMap(this::kafka).orElse(null),
        mapping.get("redis").flatMap(this::redis).orElse(null),
        text(mapping, "warehouse").orElse(null),
        texts(mapping, "catalog"),
        mapping
            .get("checkpoints")
            .flatMap(YamlValue::asMapping)
            .map(this::checkpoints)
            .orElse(CheckpointSettings.DEFAULT),
        mapping
            .get("state_backend")
            .flatMap(this::stateBackend)
            .orElse(Settings.DEFAULT.stateBackend()),
        text(mapping, "dead_letters").orElse(null),
        mapping
            .get("serving")
            .flatMap(YamlValue::asMapping)
            .flatMap(serving -> ServingReader.read(serving, interpolation))
            .orElse(ServingSettings.DEFAULT));
  }

  /** Short, {@code kafka: host:port}, or with {@code bootstrap} and what else there is to say. */
  private Optional<KafkaSettings> kafka(YamlValue value) {
    if (!value.isMapping()) {
      return interpolation.text(value).map(bootstrap -> new KafkaSettings(bootstrap, Map.of()));
    }
    return value
        .asMapping()
        .flatMap(
            mapping -> {
              mapping.refuseOthers(KAFKA_KEYS, Map.of());
              Map<String, String> properties = texts(mapping, "properties");
              OptionalLong maxDrift = duration(mapping, "max_drift");
              Optional<SchemaRegistrySettings> registry =
                  mapping
                      .get("schema_registry")
                      .flatMap(given -> SchemaRegistryReader.read(given, interpolation));
              return mapping
                  .require("bootstrap")
                  .flatMap(interpolation::text)
                  .map(
                      bootstrap ->
                          new KafkaSettings(
                              bootstrap,
                              properties,
                              maxDrift.isPresent() ? Long.valueOf(maxDrift.getAsLong()) : null,
                              registry.orElse(null)));
            });
  }

  /** Short, {@code redis: host:port}, or with {@code address} and what else there is to say. */
  private Optional<RedisSettings> redis(YamlValue value) {
    if (!value.isMapping()) {
      return address(value);
    }
    return value.asMapping().flatMap(this::redis);
  }

  private Optional<RedisSettings> redis(YamlMapping mapping) {
    mapping.refuseOthers(REDIS_KEYS, Map.of());
    Optional<RedisSettings> address = mapping.require("address").flatMap(this::address);
    Optional<String> username = text(mapping, "username");
    Optional<String> password = text(mapping, "password");
    boolean tls = mapping.get("tls").map(this::flag).orElse(false);
    boolean cluster = mapping.get("cluster").map(this::flag).orElse(false);
    OptionalLong expireAfter = duration(mapping, "expire_after");
    LayoutKind layout = mapping.get("layout").flatMap(this::layout).orElse(LayoutKind.NATIVE);
    return address.map(
        server ->
            new RedisSettings(
                server.host(),
                server.port(),
                username.orElse(null),
                password.orElse(null),
                tls,
                cluster,
                expireAfter.isPresent() ? Long.valueOf(expireAfter.getAsLong()) : null,
                layout));
  }

  private Optional<LayoutKind> layout(YamlValue value) {
    return interpolation
        .text(value)
        .flatMap(
            text ->
                switch (text.toLowerCase(Locale.ROOT)) {
                  case "native" -> Optional.of(LayoutKind.NATIVE);
                  case "feast" -> Optional.of(LayoutKind.FEAST);
                  default -> {
                    value.problem("'%s'".formatted(text), "native or feast");
                    yield Optional.empty();
                  }
                });
  }

  private Optional<RedisSettings> address(YamlValue value) {
    try {
      return interpolation.text(value).map(RedisSettings::of);
    } catch (IllegalArgumentException e) {
      value.problem(String.valueOf(e.getMessage()).replace(" is no HOST:PORT", ""), ADDRESS);
      return Optional.empty();
    }
  }

  private CheckpointSettings checkpoints(YamlMapping mapping) {
    mapping.refuseOthers(CHECKPOINT_KEYS, Map.of());
    return new CheckpointSettings(
        text(mapping, "directory").orElse(null),
        duration(mapping, "interval").orElse(CheckpointSettings.DEFAULT.intervalMillis()));
  }

  private Optional<StateBackend> stateBackend(YamlValue value) {
    return interpolation
        .text(value)
        .flatMap(
            text ->
                switch (text.toLowerCase(Locale.ROOT)) {
                  case "heap" -> Optional.of(StateBackend.HEAP);
                  case "rocksdb" -> Optional.of(StateBackend.ROCKSDB);
                  default -> {
                    value.problem("'%s'".formatted(text), "heap or rocksdb");
                    yield Optional.empty();
                  }
                });
  }

  private boolean flag(YamlValue value) {
    String text = interpolation.text(value).orElse("false");
    if (!text.equals("true") && !text.equals("false")) {
      value.problem("'%s'".formatted(text), "true or false");
    }
    return text.equals("true");
  }

  private OptionalLong duration(YamlMapping mapping, String key) {
    Optional<YamlValue> value = mapping.get(key);
    Optional<String> text = value.flatMap(interpolation::text);
    if (value.isEmpty() || text.isEmpty()) {
      return OptionalLong.empty();
    }
    OptionalLong millis = Durations.parse(text.get());
    if (millis.isEmpty() || millis.getAsLong() == 0) {
      value.get().problem("'%s'".formatted(text.get()), Durations.EXPECTED);
      return OptionalLong.empty();
    }
    return millis;
  }

  private Optional<String> text(YamlMapping mapping, String key) {
    return mapping.get(key).flatMap(interpolation::text);
  }

  private Map<String, String> texts(YamlMapping mapping, String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    mapping
        .get(key)
        .flatMap(YamlValue::asMapping)
        .ifPresent(
            properties ->
                properties
                    .fields()
                    .forEach(
                        (name, value) ->
                            interpolation.text(value).ifPresent(text -> texts.put(name, text))));
    return texts;
  }
}
