// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.Entity;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Metadata;
import io.tailwater.definitions.model.ViewInput;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code feature_views}. */
final class ViewReader {
  private static final Set<String> KEYS = keys();

  private final YamlMapping mapping;
  private final Registry<Entity> entities;
  private final Registry<EventSource> sources;

  private ViewReader(
      YamlMapping mapping, Registry<Entity> entities, Registry<EventSource> sources) {
    this.mapping = mapping;
    this.entities = entities;
    this.sources = sources;
  }

  /** The view; empty, with problems added, if it is none. */
  static Optional<FeatureView> read(
      YamlMapping mapping, Registry<Entity> entities, Registry<EventSource> sources) {
    return new ViewReader(mapping, entities, sources).read();
  }

  private Optional<FeatureView> read() {
    mapping.refuseOthers(KEYS, Map.of());
    Optional<String> name = Names.read(mapping);
    Optional<Entity> entity =
        mapping.require("entity").flatMap(value -> EntityReferences.resolve(value, entities));
    Optional<EventSource> source = mapping.require("source").flatMap(sources::resolve);
    mapping.require("features");
    Metadata metadata = MetadataReader.read(mapping);
    ViewDefaults defaults =
        source
            .map(
                own ->
                    new ViewDefaults(
                        own,
                        sources,
                        ExpiryReader.read(mapping, ExpiryReader.EXACT),
                        Flags.read(mapping, "unbounded_state", false)))
            .orElse(null);
    if (entity.isEmpty() || defaults == null) {
      return Optional.empty();
    }
    FeatureScope scope = new FeatureScope(entity.get().joinKeys());
    List<Feature> features = features(scope, defaults);
    List<ViewInput> inputs = InputReader.read(mapping, entity.get(), defaults, scope.sources());
    Optional<Long> ttl = TtlReader.read(mapping, features);
    if (name.isEmpty() || inputs.isEmpty() || features.isEmpty() || scope.anyFailed()) {
      return Optional.empty();
    }
    return Optional.of(
        new FeatureView(name.get(), entity.get(), inputs, features, ttl.orElse(null), metadata));
  }

  private List<Feature> features(FeatureScope scope, ViewDefaults defaults) {
    List<YamlValue> elements = mapping.get("features").map(YamlValue::asList).orElse(List.of());
    if (elements.isEmpty() && mapping.get("features").filter(YamlValue::isList).isPresent()) {
      mapping.value().problem("no features", "at least one feature");
    }
    for (YamlValue element : elements) {
      element
          .asMapping()
          .ifPresent(
              mapping -> scope.add(element, mapping, FeatureReader.read(mapping, defaults, scope)));
    }
    scope.checkFormerNames();
    List<Feature> features = scope.features();
    if (!features.isEmpty() && features.stream().noneMatch(AggregateFeature.class::isInstance)) {
      mapping.value().problem("features without any 'aggregate'", "at least one aggregate");
    }
    return features;
  }

  private static Set<String> keys() {
    Set<String> keys =
        new HashSet<>(
            Set.of(
                "name",
                "entity",
                "source",
                "keys",
                "where",
                "features",
                "ttl",
                "expiry",
                "unbounded_state"));
    keys.addAll(MetadataReader.KEYS);
    return Set.copyOf(keys);
  }
}
