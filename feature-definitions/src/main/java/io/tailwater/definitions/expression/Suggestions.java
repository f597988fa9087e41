// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.expression;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what an author probably meant by a name that does not exist. */
public final class Suggestions {
  private Suggestions() {}

  /**
   * "did you mean …?" for the known name that is nearest to {@code name}; empty if none is near.
   */
  public static Optional<String> didYouMean(String name, Collection<String> known) {
    requireNonNull(name, "name is null");
    int tolerance = Math.max(1, name.length() / 3);
    return known.stream()
        .filter(candidate -> distance(name, candidate) <= tolerance)
        .min(Comparator.comparingInt((String candidate) -> distance(name, candidate)))
        .map("did you mean '%s'?"::formatted);
  }

  /** Levenshtein's distance, with one for a swap of neighbours; case and '-' do not count. */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT).replace('-', '_');
    String b = right.toLowerCase(Locale.ROOT).replace('-', '_');
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, cost, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cheapest(String a, String b, int[][] cost, int i, int j) {
    int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int best = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
