// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.definitions.settings.SchemaRegistrySettings;
import io.tailwater.definitions.settings.SchemaRegistrySettings.Credentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code kafka.schema_registry} of {@code tailwater.yaml}. */
final class SchemaRegistryReader {
  private static final Set<String> KEYS =
      Set.of("url", "username", "password", "password_file", "token", "token_file", "retry_for");

  /** One of them, at most. */
  private static final List<String> SECRETS =
      List.of("password", "password_file", "token", "token_file");

  private static final String URL =
      "an http or https URL without credentials, as in https://registry.example.com:8081";

  private final YamlMapping mapping;
  private final Interpolation interpolation;

  private SchemaRegistryReader(YamlMapping mapping, Interpolation interpolation) {
    this.mapping = mapping;
    this.interpolation = interpolation;
  }

  /**
   * The settings; empty, with problems added, if they are none.
   *
   * @param value a URL, or {@code url} and what else there is to say
   */
  static Optional<SchemaRegistrySettings> read(YamlValue value, Interpolation interpolation) {
    if (!value.isMapping()) {
      return url(value, interpolation);
    }
    return value
        .asMapping()
        .flatMap(mapping -> new SchemaRegistryReader(mapping, interpolation).read());
  }

  private Optional<SchemaRegistrySettings> read() {
    mapping.refuseOthers(KEYS, Map.of());
    Optional<SchemaRegistrySettings> registry =
        mapping.require("url").flatMap(value -> url(value, interpolation));
    Optional<Credentials> credentials = credentials();
    long retryFor = retryFor();
    return registry.map(
        found -> found.withCredentials(credentials.orElse(null)).withRetryFor(retryFor));
  }

  private static Optional<SchemaRegistrySettings> url(
      YamlValue value, Interpolation interpolation) {
    try {
      return interpolation.text(value).map(SchemaRegistrySettings::of);
    } catch (IllegalArgumentException e) {
      value.problem(String.valueOf(e.getMessage()).replaceFirst("^found ", ""), URL);
      return Optional.empty();
    }
  }

  private Optional<Credentials> credentials() {
    List<String> given = new ArrayList<>(SECRETS);
    given.removeIf(key -> !mapping.has(key));
    YamlValue username = mapping.get("username").orElse(null);
    if (given.size() > 1) {
      mapping.value().problem(String.join(" and ", given), "one of " + String.join(", ", SECRETS));
    } else if (given.isEmpty()) {
      if (username != null) {
        username.problem("a username alone", "'password' or 'password_file' beside it");
      }
    } else if (given.get(0).startsWith("token") && username != null) {
      username.problem("a username beside a token", "one of them");
    } else if (given.get(0).startsWith("password") && username == null) {
      mapping
          .value()
          .problem("a %s without 'username'".formatted(given.get(0)), "both, or a token");
    } else {
      return credentials(given.get(0), username);
    }
    return Optional.empty();
  }

  private Optional<Credentials> credentials(String key, @Nullable YamlValue username) {
    Optional<String> secret = mapping.get(key).flatMap(interpolation::text);
    if (username == null) {
      return secret.map(text -> new Credentials(null, text, inFile(key)));
    }
    Optional<String> user = interpolation.text(username);
    if (user.filter(name -> name.contains(":")).isPresent()) {
      username.problem("a ':' in it", "a username without one");
      return Optional.empty();
    }
    return user.flatMap(name -> secret.map(text -> new Credentials(name, text, inFile(key))));
  }

  private static boolean inFile(String key) {
    return key.endsWith("_file");
  }

  private long retryFor() {
    long standard = SchemaRegistrySettings.DEFAULT_RETRY_FOR_MILLIS;
    Optional<YamlValue> value = mapping.get("retry_for");
    Optional<String> text = value.flatMap(interpolation::text);
    if (value.isEmpty() || text.isEmpty()) {
      return standard;
    }
    return Durations.parse(text.get())
        .orElseGet(
            () -> {
              value.get().problem("'%s'".formatted(text.get()), Durations.EXPECTED);
              return standard;
            });
  }
}
