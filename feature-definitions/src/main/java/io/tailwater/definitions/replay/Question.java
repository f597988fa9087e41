// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.replay;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.Entity;
import io.tailwater.definitions.model.FeatureReference;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a replay: a feature of an entity at an instant.
 *
 * @param feature one feature
 * @param keys the entity's key, by the name of the entity: for each entity that a view is of which
 *     the feature is computed; the join keys' values in their order
 * @param instant in milliseconds since the epoch
 * @param before whether the events of the instant itself do not count
 * @param request what the request says, by the names of its fields
 */
public record Question(
    FeatureReference feature,
    Map<String, Object[]> keys,
    long instant,
    boolean before,
    Map<String, @Nullable Object> request) {
  public Question {
    requireNonNull(feature, "feature is null");
    keys = Map.copyOf(keys);
    request = Collections.unmodifiableMap(new HashMap<>(request));
  }

  /** The same at another instant. */
  public Question at(long other) {
    return new Question(feature, keys, other, before, request);
  }

  /**
   * The key of an entity.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Object[] key(Entity entity) {
    Object[] key = keys.get(entity.name());
    if (key == null) {
      throw new IllegalArgumentException("no key of entity '%s'".formatted(entity.name()));
    }
    return key;
  }
}
