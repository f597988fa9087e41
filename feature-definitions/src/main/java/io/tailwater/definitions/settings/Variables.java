// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.settings;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${NAME}} and {@code ${NAME:-default}} by variables of the environment. As in a
 * shell, {@code :-} also stands in for a variable that is set to nothing.
 */
public final class Variables {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\\}");

  private Variables() {}

  /**
   * The text with its variables.
   *
   * @param unset hears the name of each variable that is not set and has no default; nothing stands
   *     in its place
   */
  public static String replace(
      String text, Map<String, String> environment, Consumer<String> unset) {
    Matcher reference = REFERENCE.matcher(requireNonNull(text, "text is null"));
    StringBuilder replaced = new StringBuilder();
    while (reference.find()) {
      String variable = environment.get(reference.group(1));
      boolean missing = variable == null || (variable.isEmpty() && reference.group(2) != null);
      String replacement = missing ? reference.group(2) : variable;
      if (replacement == null) {
        unset.accept(reference.group(1));
        replacement = "";
      }
      reference.appendReplacement(replaced, Matcher.quoteReplacement(replacement));
    }
    reference.appendTail(replaced);
    return replaced.toString();
  }
}
