// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.definitions.settings.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Replaces references to variables of the environment and to files: see {@link Variables}. */
final class Interpolation {
  private final Map<String, String> environment;

  Interpolation(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** The value's text with its variables; empty, with a problem added, where one is not set. */
  Optional<String> text(YamlValue value) {
    return value.asText().flatMap(text -> replace(text, value));
  }

  private Optional<String> replace(String text, YamlValue value) {
    List<String> missing = new ArrayList<>();
    String replaced = Variables.replace(text, environment, missing::add);
    for (String reference : missing) {
      if (reference.startsWith(Variables.FILE)) {
        value.problem(
            "${%s}, which cannot be read".formatted(reference),
            "a file in UTF-8 that has the value",
            "create it, and let this user read it");
      } else {
        value.problem(
            "${%s}, which is not set".formatted(reference),
            "a variable of the environment",
            "set it, or write a default: ${%s:-…}".formatted(reference));
      }
    }
    return missing.isEmpty() ? Optional.of(replaced) : Optional.empty();
  }
}
