// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.recompute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many stored vectors were compared and differ, with the first few in words. */
public final class Differences {
  private static final int EXAMPLES = 10;

  private final List<String> examples = new ArrayList<>();
  private long compared;
  private long count;

  /** Compares a stored vector with the recomputed one, bit by bit. */
  public void compare(String place, @Nullable Object[] due, @Nullable Object[] stored) {
    compared++;
    if (!Bits.same(due, stored)) {
      report(
          place,
          "stored %s, recomputed %s".formatted(Arrays.toString(stored), Arrays.toString(due)));
    }
  }

  /** Records a difference. */
  public void report(String place, String what) {
    count++;
    if (examples.size() < EXAMPLES) {
      examples.add(place + ": " + what);
    }
  }

  /** How many vectors were compared. */
  public long compared() {
    return compared;
  }

  /** How many differences there are. */
  public long count() {
    return count;
  }

  /** The first of them. */
  public List<String> examples() {
    return List.copyOf(examples);
  }
}
