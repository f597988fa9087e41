// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.settings;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code ${NAME}} and {@code ${NAME:-default}} by variables of the environment, and {@code
 * ${file:PATH}} by what stands in a file, as secrets of Docker and Kubernetes do. As in a shell,
 * {@code :-} also stands in for a variable that is set to nothing, and a line end that closes the
 * file is not a part of the value.
 */
public final class Variables {
  /** What the name of a reference to a file begins with. */
  public static final String FILE = "file:";

  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{(?:(file:[^}]+)|([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?)\\}");

  private static final Pattern LINE_END = Pattern.compile("\\R\\z");

  private Variables() {}

  /**
   * The text with its variables.
   *
   * @param missing hears the name of each variable that is not set and has no default, and {@link
   *     #FILE} with the path of each file that cannot be read as UTF-8; nothing stands in its place
   */
  public static String replace(
      String text, Map<String, String> environment, Consumer<String> missing) {
    Matcher reference = REFERENCE.matcher(requireNonNull(text, "text is null"));
    StringBuilder replaced = new StringBuilder();
    while (reference.find()) {
      String file = reference.group(1);
      String value =
          file == null
              ? variable(environment.get(reference.group(2)), reference.group(3))
              : contents(file.substring(FILE.length()));
      if (value == null) {
        missing.accept(file == null ? reference.group(2) : file);
        value = "";
      }
      reference.appendReplacement(replaced, Matcher.quoteReplacement(value));
    }
    reference.appendTail(replaced);
    return replaced.toString();
  }

  private static @Nullable String variable(@Nullable String value, @Nullable String defaultValue) {
    return value == null || (value.isEmpty() && defaultValue != null) ? defaultValue : value;
  }

  private static @Nullable String contents(String path) {
    try {
      String text = Files.readString(Path.of(path), StandardCharsets.UTF_8);
      return LINE_END.matcher(text).replaceFirst("");
    } catch (IOException | InvalidPathException e) {
      // Whoever reads the settings says where this stands, and that the file cannot be read.
      return null;
    }
  }
}
