// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import java.util.Comparator;

/**
 * Texts by their code points, as they are ordered in UTF-8: Java's own order has U+E000 to U+FFFF
 * behind what lies beyond.
 */
enum CodePointOrder implements Comparator<String> {
  INSTANCE;

  @Override
  public int compare(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean sameKind = Character.isSurrogate(a) == Character.isSurrogate(b);
        return sameKind ? Character.compare(a, b) : (Character.isSurrogate(a) ? 1 : -1);
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
