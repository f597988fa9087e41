// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.definitions.settings.ServingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code serving} of {@code tailwater.yaml}. */
final class ServingReader {
  private static final Set<String> KEYS =
      Set.of(
          "host",
          "port",
          "tokens",
          "max_body_bytes",
          "max_rows",
          "threads",
          "redis_timeout",
          "request_timeout",
          "max_lag");

  private final YamlMapping mapping;
  private final Interpolation interpolation;

  private ServingReader(YamlMapping mapping, Interpolation interpolation) {
    this.mapping = mapping;
    this.interpolation = interpolation;
  }

  /** The settings; empty, with problems added, if they are none. */
  static Optional<ServingSettings> read(YamlMapping mapping, Interpolation interpolation) {
    return new ServingReader(mapping, interpolation).read();
  }

  private Optional<ServingSettings> read() {
    mapping.refuseOthers(KEYS, Map.of());
    ServingSettings defaults = ServingSettings.DEFAULT;
    try {
      return Optional.of(
          new ServingSettings(
              mapping.get("host").flatMap(interpolation::text).orElse(defaults.host()),
              number("port", defaults.port()),
              tokens(),
              number("max_body_bytes", defaults.maxBodyBytes()),
              number("max_rows", defaults.maxRows()),
              number("threads", defaults.threads()),
              duration("redis_timeout", defaults.redisTimeoutMillis()),
              duration("request_timeout", defaults.requestTimeoutMillis()),
              duration("max_lag", defaults.maxLagMillis())));
    } catch (IllegalArgumentException e) {
      mapping.value().problem(String.valueOf(e.getMessage()), "values within their limits");
      return Optional.empty();
    }
  }

  /** One token, or a list of them, so that clients can change theirs one after the other. */
  private List<String> tokens() {
    List<String> tokens = new ArrayList<>();
    mapping
        .get("tokens")
        .ifPresent(
            value ->
                (value.isList() ? value.asList() : List.of(value))
                    .forEach(token -> interpolation.text(token).ifPresent(tokens::add)));
    return tokens;
  }

  private int number(String key, int otherwise) {
    Optional<YamlValue> value = mapping.get(key);
    Optional<String> text = value.flatMap(interpolation::text);
    if (value.isEmpty() || text.isEmpty()) {
      return otherwise;
    }
    if (!text.get().matches("\\d{1,9}")) {
      value.get().problem("'%s'".formatted(text.get()), "a whole number");
      return otherwise;
    }
    return Integer.parseInt(text.get());
  }

  private long duration(String key, long otherwise) {
    Optional<YamlValue> value = mapping.get(key);
    Optional<String> text = value.flatMap(interpolation::text);
    if (value.isEmpty() || text.isEmpty()) {
      return otherwise;
    }
    return Durations.parse(text.get())
        .orElseGet(
            () -> {
              value.get().problem("'%s'".formatted(text.get()), Durations.EXPECTED);
              return otherwise;
            });
  }
}
