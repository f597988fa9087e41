// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.expression;

import org.jspecify.annotations.Nullable;

/**
 * The order of texts: by code point, as in SQL and as aggregates have it. {@link String#compareTo}
 * goes by UTF-16 and puts what is beyond the first plane before U+E000.
 *
 * <p>Public for generated code only.
 */
public final class Texts {
  private Texts() {}

  /** Less than, equal to or greater than 0 as the first text is to the second; null if one is. */
  public static @Nullable Integer order(
      Faults unused, @Nullable String left, @Nullable String right) {
    return left == null || right == null ? null : Integer.valueOf(compare(left, right));
  }

  private static int compare(String left, String right) {
    int common = Math.min(left.length(), right.length());
    for (int i = 0; i < common; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean beyond = Character.isSurrogate(a);
        return beyond == Character.isSurrogate(b) ? a - b : beyond ? 1 : -1;
      }
    }
    return left.length() - right.length();
  }
}
