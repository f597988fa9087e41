// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import java.io.Serializable;

/**
 * One component of an entity's key.
 *
 * @param name the column's name in both stores
 * @param type BOOL, INT32, INT64, STRING, BYTES or TIMESTAMP
 */
public record JoinKey(String name, ValueType type) implements Serializable {
  public JoinKey {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
  }
}
