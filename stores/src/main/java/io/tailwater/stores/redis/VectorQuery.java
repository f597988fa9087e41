// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Which vectors of one view to read.
 *
 * @param fields what of them
 * @param keys of which entities: for each the join keys' values in the entity's order
 */
public record VectorQuery(VectorFields fields, List<Object[]> keys) {
  public VectorQuery {
    requireNonNull(fields, "fields is null");
    keys = List.copyOf(keys);
  }
}
