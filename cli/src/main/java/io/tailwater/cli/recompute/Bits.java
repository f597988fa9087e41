// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.recompute;

import org.jspecify.annotations.Nullable;

/** Equality to the last bit: 0.0 is not −0.0, and null only is null. */
public final class Bits {
  private Bits() {}

  /** Whether the two vectors are the same. */
  public static boolean same(@Nullable Object[] left, @Nullable Object[] right) {
    if (left.length != right.length) {
      return false;
    }
    for (int i = 0; i < left.length; i++) {
      if (!same(left[i], right[i])) {
        return false;
      }
    }
    return true;
  }

  /** Whether the two values are of the same class and the same. */
  public static boolean same(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Double leftDouble && right instanceof Double rightDouble) {
      return Double.doubleToRawLongBits(leftDouble) == Double.doubleToRawLongBits(rightDouble);
    }
    return left == null ? right == null : left.equals(right);
  }
}
