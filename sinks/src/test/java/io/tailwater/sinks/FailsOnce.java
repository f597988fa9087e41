// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * Passes everything on, but stops the job once, at the record of a number.
 *
 * @param id which failure; unique in the JVM
 * @param countdown at which record of this subtask
 */
public record FailsOnce<T>(String id, long[] countdown) implements MapFunction<T, T> {
  private static final Set<String> FAILED = ConcurrentHashMap.newKeySet();

  public static <T> FailsOnce<T> atRecord(String id, long record) {
    return new FailsOnce<>(id, new long[] {record});
  }

  public static boolean failed(String id) {
    return FAILED.contains(id);
  }

  @Override
  public T map(T value) {
    if (--countdown[0] == 0 && FAILED.add(id)) {
      throw new IllegalStateException("Fails once, on purpose: " + id);
    }
    return value;
  }
}
