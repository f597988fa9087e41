// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table of features of one entity that events give.
 *
 * @param name unique among all views of the project
 * @param entity whom the features describe
 * @param inputs the sources that they are computed from, each once: the view's own, then the others
 *     in the order in which features name them; not empty, at most {@value #MAX_INPUTS}
 * @param features in dependency order: a derived feature stands behind what it uses; those that are
 *     computed when they are read are among them
 * @param ttlMillis for how long after its {@code event_timestamp} a row is good, in milliseconds,
 *     positive; null for ever
 * @param metadata for people
 */
public record FeatureView(
    String name,
    Entity entity,
    List<ViewInput> inputs,
    List<Feature> features,
    @Nullable Long ttlMillis,
    Metadata metadata)
    implements StoredView {
  /** How many sources a view has at most: an index of one fits into a byte. */
  public static final int MAX_INPUTS = 100;

  public FeatureView {
    requireNonNull(name, "name is null");
    requireNonNull(entity, "entity is null");
    inputs = List.copyOf(inputs);
    features = List.copyOf(features);
    requireNonNull(metadata, "metadata is null");
    checkInputs(name, entity, inputs, features);
    if (ttlMillis != null && ttlMillis <= 0) {
      throw new IllegalArgumentException("view '%s' has a ttl of %d ms".formatted(name, ttlMillis));
    }
  }

  /** A view of one source without ttl and metadata. */
  public FeatureView(
      String name,
      Entity entity,
      EventSource source,
      List<String> keyFields,
      @Nullable Expression where,
      List<Feature> features) {
    this(
        name,
        entity,
        List.of(new ViewInput(source, keyFields, where)),
        features,
        null,
        Metadata.NONE);
  }

  /** The view's own source: that of its first input. */
  public EventSource source() {
    return inputs.get(0).source();
  }

  /**
   * The index of the input with a source.
   *
   * @return −1 if there is none
   */
  public int inputOf(String source) {
    return inputs.stream().map(input -> input.source().name()).toList().indexOf(source);
  }

  private static void checkInputs(
      String name, Entity entity, List<ViewInput> inputs, List<Feature> features) {
    if (inputs.isEmpty() || inputs.size() > MAX_INPUTS) {
      throw new IllegalArgumentException(
          "view '%s' has %d sources, expected 1 to %d".formatted(name, inputs.size(), MAX_INPUTS));
    }
    Set<String> sources = new HashSet<>();
    for (ViewInput input : inputs) {
      if (input.keyFields().size() != entity.joinKeys().size()) {
        throw new IllegalArgumentException(
            "view '%s' has %d key fields for %d join keys in source '%s'"
                .formatted(
                    name,
                    input.keyFields().size(),
                    entity.joinKeys().size(),
                    input.source().name()));
      }
      if (!sources.add(input.source().name())) {
        throw new IllegalArgumentException(
            "view '%s' has source '%s' twice".formatted(name, input.source().name()));
      }
    }
    for (Feature feature : features) {
      if (feature instanceof AggregateFeature aggregate && !sources.contains(aggregate.source())) {
        throw new IllegalArgumentException(
            "feature '%s' of view '%s' is of source '%s', expected one of %s"
                .formatted(feature.name(), name, aggregate.source(), sources));
      }
    }
  }
}
