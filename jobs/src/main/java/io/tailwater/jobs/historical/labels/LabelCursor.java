// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.labels;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Goes through the labels in their order. Not thread-safe. */
public interface LabelCursor extends Closeable {
  /** Goes to the next label; false at the end. */
  boolean next() throws IOException;

  /** Where the label stands, for messages: {@code line 17} or {@code row 16}. */
  String place();

  /**
   * The label's instant, milliseconds since the epoch, floored; UTC where no zone is named.
   *
   * @throws BadLabelException if there is none
   */
  long instant() throws BadLabelException;

  /** Whether the instant names no zone. */
  boolean isZoneless() throws BadLabelException;

  /**
   * The value of one of the fields that are needed, of its type's Java class; null where the label
   * has none.
   *
   * @param field its number among those needed
   * @throws BadLabelException if what stands there is not of the field's type
   */
  @Nullable Object value(int field) throws BadLabelException;

  /**
   * The value of a column as it came, in the form of Iceberg's generic records.
   *
   * @param column its number in {@link Labels#schema}
   * @throws BadLabelException if what stands there is not of the column's type
   */
  @Nullable Object column(int column) throws BadLabelException;

  /** The label's own CSV text, without a line end; null if it did not come as CSV. */
  byte @Nullable [] csv();
}
