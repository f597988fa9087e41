// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.settings;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps secrets out of logs. */
public final class Secrets {
  static final String REDACTED = "***";

  /** What names of properties contain whose values nobody should read. */
  private static final Set<String> MARKS =
      Set.of("password", "passwd", "secret", "token", "credential", "jaas", "key");

  private Secrets() {}

  /** The properties, with the values of those that look like secrets left out. */
  public static Map<String, String> redact(Map<String, String> properties) {
    Map<String, String> shown = new TreeMap<>();
    properties.forEach(
        (name, value) -> shown.put(name, isSecret(name) ? REDACTED : redactUserInfo(value)));
    return shown;
  }

  /** The text, with the credentials of a URI in it left out. */
  static @Nullable String redactUserInfo(@Nullable String text) {
    return text == null
        ? null
        : text.replaceAll("://[^/@\\s]*@", "://" + REDACTED + "@")
            .replaceAll("(?i)([?&;](?:password|user|token|secret)=)[^&;]*", "$1" + REDACTED);
  }

  private static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return MARKS.stream().anyMatch(lower::contains);
  }
}
