// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.oracle.sql;

import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.random.HostileValues;
import java.util.Random;

/** The columns of the events in DuckDB, in the order of the plan's. */
enum SqlColumn {
  BIG(ValueType.INT64, "BIGINT"),
  /** Small enough that squares and interpolated values are exact in SQL too. */
  SMALL(ValueType.INT64, "BIGINT"),
  WHOLE(ValueType.INT32, "INTEGER"),
  SINGLE(ValueType.FLOAT, "REAL"),
  REAL(ValueType.DOUBLE, "DOUBLE"),
  MONEY(ValueType.decimal(12, 2), "DECIMAL(12,2)"),
  TEXT(ValueType.STRING, "VARCHAR"),
  TRUTH(ValueType.BOOL, "BOOLEAN"),
  MOMENT(ValueType.TIMESTAMP, "BIGINT"),
  CATEGORY(ValueType.STRING, "VARCHAR");

  private final ValueType type;
  private final String sqlType;

  SqlColumn(ValueType type, String sqlType) {
    this.type = type;
    this.sqlType = sqlType;
  }

  ValueType type() {
    return type;
  }

  /** The column as a table declares it. */
  String declaration() {
    return name() + " " + sqlType;
  }

  /** The column of the raw table as the events have it: −0.0 is 0.0. */
  String normalized() {
    return this == REAL || this == SINGLE
        ? "CASE WHEN %1$s = 0 THEN 0 ELSE %1$s END AS %1$s".formatted(name())
        : name();
  }

  Object next(Random random) {
    return this == SMALL && random.nextInt(6) > 0
        ? (Object) (long) (random.nextInt(40) - 20)
        : this == SMALL ? null : HostileValues.next(random, type);
  }
}
