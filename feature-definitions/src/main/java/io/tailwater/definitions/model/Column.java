// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * A value that a source computes of each event, usable by name like a field.
 *
 * @param name unique among the source's fields and columns
 * @param expression over the source's {@linkplain EventSource#timedRow() fields with the event's
 *     time}
 */
public record Column(String name, Expression expression) implements Serializable {
  public Column {
    requireNonNull(name, "name is null");
    requireNonNull(expression, "expression is null");
  }
}
