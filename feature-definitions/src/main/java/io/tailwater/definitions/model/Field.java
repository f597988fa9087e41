// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import java.io.Serializable;

/**
 * A named, typed place in a row.
 *
 * @param name as the schema spells it
 * @param type the type of its values
 * @param nullable whether null is a legal value
 */
public record Field(String name, ValueType type, boolean nullable) implements Serializable {
  public Field {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
  }
}
