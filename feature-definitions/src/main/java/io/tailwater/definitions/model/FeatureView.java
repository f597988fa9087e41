// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table of features of one entity, computed from one source.
 *
 * @param name unique in the project
 * @param entity whom the features describe
 * @param source the events they are computed from
 * @param keyFields for each join key of the entity, in order, the field or column of the source
 *     that holds it
 * @param where the events that count, a BOOL expression over the source's {@linkplain
 *     EventSource#row() row}; null for all
 * @param features in dependency order: a derived feature stands behind what it uses
 * @param description for people; may be empty
 * @param tags labels for people and their tools; may be empty
 * @param owner who answers for the view; null if nobody is named
 */
public record FeatureView(
    String name,
    Entity entity,
    EventSource source,
    List<String> keyFields,
    @Nullable Expression where,
    List<Feature> features,
    String description,
    Map<String, String> tags,
    @Nullable String owner)
    implements Serializable {
  public FeatureView {
    requireNonNull(name, "name is null");
    requireNonNull(entity, "entity is null");
    requireNonNull(source, "source is null");
    keyFields = List.copyOf(keyFields);
    features = List.copyOf(features);
    requireNonNull(description, "description is null");
    tags = Map.copyOf(tags);
    if (keyFields.size() != entity.joinKeys().size()) {
      throw new IllegalArgumentException(
          "view '%s' has %d key fields for %d join keys"
              .formatted(name, keyFields.size(), entity.joinKeys().size()));
    }
  }

  /** A view without tags and owner. */
  public FeatureView(
      String name,
      Entity entity,
      EventSource source,
      List<String> keyFields,
      @Nullable Expression where,
      List<Feature> features,
      String description) {
    this(name, entity, source, keyFields, where, features, description, Map.of(), null);
  }
}
