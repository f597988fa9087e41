// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.io.Serializable;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/**
 * What the operators of an offline sink need to know.
 *
 * @param <T> what the sink takes
 * @param table a serializable copy
 * @param format of the table's columns
 * @param maxOpenDays the days whose files a writer holds open at most
 * @param endInstant what the end of the input means, in milliseconds; {@link Watermarked#NONE} for
 *     nothing
 * @param generation of the stream that starts without state, in milliseconds; {@link
 *     Watermarked#NONE} for what is no stream
 * @param validation of each commit; null for none, as where there is a generation, which is a
 *     validation of its own
 */
record OfflineSinkOptions<T>(
    Table table,
    RowFormat<T> format,
    int maxOpenDays,
    long endInstant,
    long generation,
    @Nullable NoRowsSince validation)
    implements Serializable {
  OfflineSinkOptions {
    if (generation != Watermarked.NONE && validation != null) {
      throw new IllegalArgumentException("a commit has one validation");
    }
  }
}
