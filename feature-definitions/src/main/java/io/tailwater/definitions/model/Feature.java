// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import io.tailwater.aggregation.ValueType;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A feature of a view: an aggregate over a window, a column of a query, or an expression over its
 * siblings.
 */
public sealed interface Feature extends Serializable
    permits AggregateFeature, ColumnFeature, DerivedFeature {
  /**
   * In expressions over features: the instant of the read, a TIMESTAMP – now when a model is
   * served, the label's when it is trained.
   */
  String REQUEST_TIME = "request_time";

  /** {@link #REQUEST_TIME} in the row that an expression sees. */
  Field REQUEST_TIME_FIELD = new Field(REQUEST_TIME, ValueType.TIMESTAMP, false);

  /** The name, unique in the view; the column's name in both stores. */
  String name();

  /** The type of the values in both stores. */
  ValueType type();

  /** What replaces a null, of {@link #type()}'s class; null if nothing does. */
  @Nullable Object defaultValue();

  /** For people. */
  Metadata metadata();

  /**
   * The name under which the stores know the feature so far, where it has been renamed; null if it
   * has always had its name. No feature of the view has that name.
   */
  @Nullable String was();

  /** Whether it is computed when it is read, and so is in neither store. */
  default boolean isReadTime() {
    return false;
  }
}
