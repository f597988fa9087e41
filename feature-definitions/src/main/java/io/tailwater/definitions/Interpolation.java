// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.definitions.settings.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Replaces {@code ${NAME}} and {@code ${NAME:-default}} by variables of the environment. */
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
    List<String> unset = new ArrayList<>();
    String replaced = Variables.replace(text, environment, unset::add);
    for (String variable : unset) {
      value.problem(
          "${%s}, which is not set".formatted(variable),
          "a variable of the environment",
          "set it, or write a default: ${%s:-…}".formatted(variable));
    }
    return unset.isEmpty() ? Optional.of(replaced) : Optional.empty();
  }
}
