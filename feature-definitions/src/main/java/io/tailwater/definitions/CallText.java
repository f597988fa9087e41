// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import java.util.ArrayList;
import java.util.List;

/** The text between the parentheses of a call, cut where SQL would cut it. */
final class CallText {
  private CallText() {}

  /**
   * An argument.
   *
   * @param offset where it begins in the text
   * @param sql as it stands there
   */
  record Argument(int offset, String sql) {}

  /** Cuts at the commas that stand in no parentheses, brackets and quotes. */
  static List<Argument> split(String text) {
    List<Argument> arguments = new ArrayList<>();
    int begin = 0;
    int depth = 0;
    for (int i = 0; i < text.length(); i = next(text, i)) {
      char c = text.charAt(i);
      if (c == '(' || c == '[') {
        depth++;
      } else if (c == ')' || c == ']') {
        depth--;
      } else if (c == ',' && depth == 0) {
        arguments.add(new Argument(begin, text.substring(begin, i)));
        begin = i + 1;
      }
    }
    arguments.add(new Argument(begin, text.substring(begin)));
    return arguments;
  }

  /** Whether the parenthesis of the call is closed before its end: {@code sum(a) + sum(b)}. */
  static boolean closesEarly(String text) {
    int depth = 0;
    for (int i = 0; i < text.length(); i = next(text, i)) {
      char c = text.charAt(i);
      if (c == '(') {
        depth++;
      } else if (c == ')' && --depth < 0) {
        return text.indexOf('(', i) >= 0;
      }
    }
    return false;
  }

  /** The index behind a character, or behind the quoted text that it begins. */
  private static int next(String text, int index) {
    char c = text.charAt(index);
    if (c != '\'' && c != '`' && c != '"') {
      return index + 1;
    }
    int end = text.indexOf(c, index + 1);
    return end < 0 ? text.length() : end + 1;
  }
}
