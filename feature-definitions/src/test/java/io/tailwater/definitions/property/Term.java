// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.property;

import io.tailwater.aggregation.ValueType;

/**
 * A generated expression: its type, its text in definitions, its text in DuckDB and what it means.
 *
 * @param sql as definitions write it
 * @param duck as DuckDB reads it: the same value to the bit, and null where it is null
 * @param meaning evaluated by plain Java, sharing nothing with the compiler of expressions
 */
record Term(ValueType type, String sql, String duck, Meaning meaning) {
  /** A function of a row, whose values stand in the order in which the leaves were numbered. */
  @FunctionalInterface
  interface Meaning {
    Object of(Object[] row);
  }

  /** The value at an index of the row. */
  static Term leaf(String name, ValueType type, int index) {
    return new Term(type, name, name, row -> row[index]);
  }

  /** The same text in both languages. */
  static Term literal(ValueType type, String sql, Object value) {
    return new Term(type, sql, sql, row -> value);
  }

  Object of(Object[] row) {
    return meaning.of(row);
  }

  boolean isTrue(Object[] row) {
    return Boolean.TRUE.equals(of(row));
  }
}
