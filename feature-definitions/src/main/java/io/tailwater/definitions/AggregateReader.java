// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.aggregation.Window;
import io.tailwater.definitions.model.Aggregate;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a feature with an {@code aggregate}, or several of {@code windows}. */
final class AggregateReader {
  /** The keys that stand beside {@code aggregate} only. */
  static final List<String> KEYS =
      List.of("source", "by", "where", "window", "windows", "expiry", "unbounded_state");

  private final YamlMapping mapping;
  private final ViewDefaults defaults;

  AggregateReader(YamlMapping mapping, ViewDefaults defaults) {
    this.mapping = mapping;
    this.defaults = defaults;
  }

  /** The features; empty, with problems added, if they are none. */
  List<AggregateFeature> read(Optional<String> name) {
    Map<String, Window> windows = WindowReader.readAll(mapping);
    Optional<EventSource> source =
        mapping.has("source")
            ? mapping.get("source").flatMap(defaults.sources()::resolve)
            : Optional.of(defaults.source());
    if (source.isEmpty()) {
      return List.of();
    }
    List<Field> row = source.get().row();
    Optional<Aggregate> aggregate = aggregate(row);
    Optional<Expression> where =
        mapping.get("where").flatMap(value -> ExpressionReader.readCondition(value, row));
    boolean whereFailed = mapping.has("where") && where.isEmpty();
    if (name.isEmpty() || aggregate.isEmpty() || whereFailed) {
      return List.of();
    }
    Optional<Object> defaultValue =
        mapping.get("default").flatMap(value -> DefaultValues.read(value, aggregate.get().type()));
    if (mapping.has("default") && defaultValue.isEmpty()) {
      return List.of();
    }
    Metadata metadata = MetadataReader.read(mapping);
    Optional<String> was = WasReader.read(mapping);
    List<AggregateFeature> features = new ArrayList<>();
    windows.forEach(
        (suffix, window) ->
            features.add(
                new AggregateFeature(
                    name.get() + suffix,
                    source.get().name(),
                    aggregate.get(),
                    where.orElse(null),
                    ExpiryReader.apply(mapping, window, defaults.expiryMillis()),
                    defaultValue.orElse(null),
                    metadata,
                    was.map(former -> former + suffix).orElse(null))));
    features.forEach(this::checkState);
    return features;
  }

  private Optional<Aggregate> aggregate(List<Field> row) {
    Optional<Aggregate> aggregate =
        mapping.require("aggregate").flatMap(value -> AggregateCall.read(value, row));
    if (!mapping.has("by")) {
      return aggregate;
    }
    Optional<Expression> category =
        mapping.get("by").flatMap(value -> CategoryReader.read(value, row));
    return aggregate.flatMap(read -> category.map(read::by));
  }

  /** What grows for ever has to be asked for. */
  private void checkState(AggregateFeature feature) {
    boolean allowed = Flags.read(mapping, "unbounded_state", defaults.unboundedState());
    if (!(feature.window() instanceof Window.Lifetime) || allowed) {
      return;
    }
    Aggregate aggregate = feature.aggregate();
    if (aggregate.function().isUnboundedOverLifetime()) {
      mapping
          .value()
          .problem(
              "%s over a lifetime, whose state grows with every new value"
                  .formatted(AggregateCall.nameOf(aggregate.function())),
              "a bounded window, or 'unbounded_state: true'");
    } else if (aggregate.by() != null) {
      mapping
          .value()
          .problem(
              "'by' over a lifetime, whose state grows with every new category",
              "a bounded window, or 'unbounded_state: true'");
    }
  }
}
