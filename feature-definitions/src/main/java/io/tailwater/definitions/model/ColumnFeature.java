// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * A column of a batch view's query.
 *
 * @param name unique in the view; the column's name in the query's result
 * @param type of the values in both stores, into which the query's are converted without loss
 * @param defaultValue what replaces a null; null if nothing does
 * @param metadata for people
 * @param was its former name; null if there is none
 */
public record ColumnFeature(
    String name,
    ValueType type,
    @Nullable Object defaultValue,
    Metadata metadata,
    @Nullable String was)
    implements Feature {
  public ColumnFeature {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    requireNonNull(metadata, "metadata is null");
  }

  /** A column without a default. */
  public ColumnFeature(String name, ValueType type) {
    this(name, type, null, Metadata.NONE, null);
  }
}
