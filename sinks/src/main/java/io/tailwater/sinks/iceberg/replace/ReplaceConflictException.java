// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.jspecify.annotations.Nullable;

/**
 * A range cannot be replaced, since others have changed the table in a way that leaves open what
 * would be right. Nothing was changed; a new run begins with the table as it is now. Flink does not
 * restart the job: it would try to commit the same replacement again.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class ReplaceConflictException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ReplaceConflictException(String table, String found, @Nullable Throwable cause) {
    super(
        "The table %s was left as it is: %s. Run the backfill again".formatted(table, found),
        cause);
  }
}
