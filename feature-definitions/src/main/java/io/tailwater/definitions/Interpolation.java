// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces {@code ${NAME}} and {@code ${NAME:-default}} by variables of the environment. */
final class Interpolation {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\\}");

  private final Map<String, String> environment;

  Interpolation(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** The value's text with its variables; empty, with a problem added, where one is not set. */
  Optional<String> text(YamlValue value) {
    return value.asText().flatMap(text -> replace(text, value));
  }

  private Optional<String> replace(String text, YamlValue value) {
    Matcher reference = REFERENCE.matcher(text);
    StringBuilder replaced = new StringBuilder();
    boolean complete = true;
    while (reference.find()) {
      String variable = environment.get(reference.group(1));
      // As in a shell: ':-' also stands in for a variable that is set to nothing.
      boolean unset = variable == null || (variable.isEmpty() && reference.group(2) != null);
      String replacement = unset ? reference.group(2) : variable;
      if (replacement == null) {
        complete = false;
        value.problem(
            "${%s}, which is not set".formatted(reference.group(1)),
            "a variable of the environment",
            "set it, or write a default: ${%s:-…}".formatted(reference.group(1)));
        replacement = "";
      }
      reference.appendReplacement(replaced, Matcher.quoteReplacement(replacement));
    }
    reference.appendTail(replaced);
    return complete ? Optional.of(replaced.toString()) : Optional.empty();
  }
}
