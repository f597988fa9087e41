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

  /** The name, unique in the view; the column's name in both stores. */
  String name();

  /** The type of the values in both stores. */
  ValueType type();

  /** What replaces a null, of {@link #type()}'s class; null if nothing does. */
  @Nullable Object defaultValue();

  /** For people. */
  Metadata metadata();

  /** Whether it is computed when it is read, and so is in neither store. */
  default boolean isReadTime() {
    return false;
  }
}
