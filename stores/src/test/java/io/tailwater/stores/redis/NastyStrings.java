// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import java.util.List;
import java.util.Random;

/** Short strings of what an escape rule is most likely to get wrong. */
final class NastyStrings {
  private static final List<String> PIECES =
      List.of(
          ":", "%", "%25", "%3A", "%u", "D800", "a", "3A", "25", "", " ", "é", "日", "🛒", "\ud83d",
          "\uded2", "\"", "\\", "\n", "\u0000", "*", "[", "{", "}");

  private NastyStrings() {}

  static String next(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  /** One that UTF-8 can carry. */
  static String nextEncodable(Random random) {
    return next(random).replaceAll("[\\ud800-\\udfff]", "?");
  }
}
