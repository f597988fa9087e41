// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The names that authors give: columns and keys in both stores. */
final class Names {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,127}");
  private static final Set<String> RESERVED =
      Set.of("event_timestamp", "created_timestamp", "request_time");

  private Names() {}

  /** The {@code name} of a definition, checked. */
  static Optional<String> read(YamlMapping mapping) {
    return mapping.require("name").flatMap(Names::read);
  }

  /** The value as a name; empty, with a problem added, if it is none. */
  static Optional<String> read(YamlValue value) {
    return value.asText("a name").filter(name -> check(name, value));
  }

  static boolean check(String name, YamlValue value) {
    if (name.startsWith("_") || RESERVED.contains(name)) {
      value.problem(
          "'%s', which is reserved".formatted(name),
          "another name",
          "reserved: event_timestamp, created_timestamp, request_time and names that begin with _");
      return false;
    }
    if (!NAME.matcher(name).matches()) {
      value.problem(
          "'%s'".formatted(name),
          "a name of lower-case letters, digits and _ that begins with a letter");
      return false;
    }
    return true;
  }
}
