// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.cases;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What features of an entity must be at an instant.
 *
 * @param entity the join keys as they are written, for people
 * @param keys by the name of the entity, for each that the features are of: its join keys' values
 * @param instant in milliseconds since the epoch
 * @param before whether events of the instant itself do not count
 * @param request what the request says, by the names of its fields
 * @param values not empty
 */
public record Expectation(
    String entity,
    Map<String, Object[]> keys,
    long instant,
    boolean before,
    Map<String, @Nullable Object> request,
    List<ExpectedValue> values) {
  public Expectation {
    requireNonNull(entity, "entity is null");
    keys = Map.copyOf(keys);
    request = Collections.unmodifiableMap(new HashMap<>(request));
    values = List.copyOf(values);
  }
}
