// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.offline;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;

/**
 * A column of an offline table.
 *
 * @param name unique in the table
 * @param type the type of its values; a TIMESTAMP is an instant, with a time zone in SQL's terms
 * @param required whether null is illegal
 * @param description for people; may be empty
 */
public record OfflineColumn(String name, ValueType type, boolean required, String description) {
  public OfflineColumn {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    requireNonNull(description, "description is null");
  }
}
