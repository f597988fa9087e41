// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table of features of one entity that a query gives.
 *
 * @param name unique among all views of the project
 * @param entity whom the features describe; the query's result has a column of the name of each of
 *     its join keys
 * @param tables what the query may read, each name once; not empty
 * @param query a {@code SELECT} in Flink SQL over the tables
 * @param eventTimestamp the column of the query's result with the instant from which a row's values
 *     hold
 * @param features in dependency order, columns and what is derived of them; at least one column
 * @param ttlMillis for how long after its {@code event_timestamp} a row is good, in milliseconds,
 *     positive; null for ever
 * @param metadata for people
 */
public record BatchFeatureView(
    String name,
    Entity entity,
    List<BatchTable> tables,
    String query,
    String eventTimestamp,
    List<Feature> features,
    @Nullable Long ttlMillis,
    Metadata metadata)
    implements StoredView {
  public BatchFeatureView {
    requireNonNull(name, "name is null");
    requireNonNull(entity, "entity is null");
    tables = List.copyOf(tables);
    requireNonNull(query, "query is null");
    requireNonNull(eventTimestamp, "eventTimestamp is null");
    features = List.copyOf(features);
    requireNonNull(metadata, "metadata is null");
    if (tables.isEmpty()
        || tables.stream().map(BatchTable::name).distinct().count() != tables.size()) {
      throw new IllegalArgumentException(
          "batch view '%s' has no tables or one of them twice: %s".formatted(name, tables));
    }
    if (features.stream().anyMatch(AggregateFeature.class::isInstance)
        || features.stream().noneMatch(ColumnFeature.class::isInstance)) {
      throw new IllegalArgumentException(
          "batch view '%s' has an aggregate or no column: %s".formatted(name, features));
    }
    if (ttlMillis != null && ttlMillis <= 0) {
      throw new IllegalArgumentException(
          "batch view '%s' has a ttl of %d ms".formatted(name, ttlMillis));
    }
  }

  /** The features that are columns of the query's result, in order. */
  public List<ColumnFeature> columns() {
    return features.stream()
        .filter(ColumnFeature.class::isInstance)
        .map(ColumnFeature.class::cast)
        .toList();
  }
}
