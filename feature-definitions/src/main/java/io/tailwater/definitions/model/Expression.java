// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import java.io.Serializable;

/**
 * An SQL scalar expression that was parsed and typed against its row.
 *
 * @param sql the text as the author wrote it
 * @param type the type of its values
 */
public record Expression(String sql, ValueType type) implements Serializable {
  public Expression {
    requireNonNull(sql, "sql is null");
    requireNonNull(type, "type is null");
  }
}
