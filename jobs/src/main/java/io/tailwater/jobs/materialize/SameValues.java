// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.materialize;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether rows have the same values, bit for bit, the order of a map's entries aside. */
final class SameValues {
  private SameValues() {}

  static boolean in(@Nullable Object[] some, @Nullable Object[] others) {
    return in(Arrays.asList(some), Arrays.asList(others));
  }

  private static boolean in(List<?> some, List<?> others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      if (!equal(some.get(i), others.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean equal(@Nullable Object one, @Nullable Object other) {
    if (one instanceof byte[] bytes && other instanceof byte[] otherBytes) {
      return Arrays.equals(bytes, otherBytes);
    }
    if (one instanceof List<?> list && other instanceof List<?> otherList) {
      return in(list, otherList);
    }
    if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> otherMap) {
      return map.keySet().equals(otherMap.keySet())
          && map.entrySet().stream()
              .allMatch(entry -> equal(entry.getValue(), otherMap.get(entry.getKey())));
    }
    return one == null ? other == null : one.equals(other);
  }
}
