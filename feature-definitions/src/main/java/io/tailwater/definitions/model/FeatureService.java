// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The features that a model takes, in its order.
 *
 * @param name unique in the project
 * @param features each once, those of a view with an alias under the alias; not empty
 * @param aliases views under other names, each name once
 * @param asOf which row of a view belongs to a label
 * @param metadata for people
 */
public record FeatureService(
    String name,
    List<FeatureReference> features,
    List<ViewAlias> aliases,
    AsOf asOf,
    Metadata metadata)
    implements Serializable {
  /** Which rows of a view an instant sees. */
  public enum AsOf {
    /** Those at the instant and before. */
    AT,
    /** Those before the instant: for labels that are events themselves. */
    BEFORE
  }

  public FeatureService {
    requireNonNull(name, "name is null");
    features = List.copyOf(features);
    aliases = List.copyOf(aliases);
    requireNonNull(asOf, "asOf is null");
    requireNonNull(metadata, "metadata is null");
    if (features.isEmpty() || features.stream().distinct().count() != features.size()) {
      throw new IllegalArgumentException(
          "service '%s' has no features or one of them twice: %s".formatted(name, features));
    }
    Set<String> names = new HashSet<>();
    for (ViewAlias alias : aliases) {
      if (!names.add(alias.name())) {
        throw new IllegalArgumentException(
            "service '%s' has the alias '%s' twice".formatted(name, alias.name()));
      }
    }
  }

  /** A service without aliases. */
  public FeatureService(
      String name, List<FeatureReference> features, AsOf asOf, Metadata metadata) {
    this(name, features, List.of(), asOf, metadata);
  }
}
