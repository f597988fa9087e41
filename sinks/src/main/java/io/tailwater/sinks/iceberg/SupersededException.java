// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.time.Instant;
import org.apache.iceberg.exceptions.CleanableFailure;

/** A newer stream has taken an offline table over: nothing of an older one was appended. */
final class SupersededException extends RuntimeException implements CleanableFailure {
  private static final long serialVersionUID = 1;

  SupersededException(String table, long generation, long owner) {
    super(
        ("The table %s belongs to the stream that started at %s: rows of the one that started at %s do not count any more."
                + " Stop it")
            .formatted(table, Instant.ofEpochMilli(owner), Instant.ofEpochMilli(generation)));
  }
}
