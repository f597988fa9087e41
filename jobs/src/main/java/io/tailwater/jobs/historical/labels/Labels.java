// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.labels;

import io.tailwater.definitions.model.Field;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.iceberg.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Labels in a file or table. Every cursor over them gives the same labels in the same order.
 * Thread-safe.
 */
public interface Labels extends Serializable {
  /** The column of a label's instant. */
  String EVENT_TIMESTAMP = "event_timestamp";

  /** What to call them in messages. */
  String name();

  /** The columns' names, in order. */
  List<String> columns();

  /**
   * The columns' types.
   *
   * @param needed fields whose types are known, whatever the labels' format has
   */
  Schema schema(List<Field> needed);

  /** The header line of labels that come as CSV; null for others. */
  byte @Nullable [] csvHeader();

  /**
   * What is wrong with the columns for these fields and the instant, a message each: missing, of
   * another type, there twice.
   */
  List<String> problems(List<Field> needed);

  /**
   * Opens a cursor.
   *
   * @param needed the fields that {@link LabelCursor#value} is asked for
   * @param all whether {@link LabelCursor#column} is asked for too
   */
  LabelCursor open(List<Field> needed, boolean all) throws IOException;
}
