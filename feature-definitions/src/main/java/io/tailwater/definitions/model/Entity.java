// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;

/**
 * What features describe: a customer, a product, a pair of card and merchant.
 *
 * @param name unique in the project
 * @param joinKeys the components of its key, in the order in which they are stored; not empty
 * @param description for people; may be empty
 */
public record Entity(String name, List<JoinKey> joinKeys, String description)
    implements Serializable {
  public Entity {
    requireNonNull(name, "name is null");
    joinKeys = List.copyOf(joinKeys);
    requireNonNull(description, "description is null");
    if (joinKeys.isEmpty()) {
      throw new IllegalArgumentException("entity '%s' has no join keys".formatted(name));
    }
  }
}
