// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.iceberg.exceptions.CleanableFailure;

/**
 * Rows cannot be appended, since the table's have changed after it was decided which are new.
 * Nothing was appended; a new run reads the table as it is now. Flink does not restart the job: it
 * would try to commit the same rows again.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class RowsChangedException extends RuntimeException implements CleanableFailure {
  private static final long serialVersionUID = 1;

  RowsChangedException(String table, String found) {
    super(
        "The table %s got none of this run's rows: %s. Run it again: what is there already is left out then"
            .formatted(table, found));
  }
}
