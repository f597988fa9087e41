// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.materialize;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.MapType;

/** Which types of Flink SQL hold nothing that a declared type cannot. */
final class ColumnType {
  private ColumnType() {}

  /** Whether every value of {@code found} is one of {@code declared}, times floored to the ms. */
  static boolean fits(LogicalType found, ValueType declared) {
    LogicalTypeRoot root = found.getTypeRoot();
    return switch (declared.kind()) {
      case BOOL -> root == LogicalTypeRoot.BOOLEAN;
      case INT32 -> isInt32(root);
      case INT64 -> isInt32(root) || root == LogicalTypeRoot.BIGINT;
      case FLOAT -> root == LogicalTypeRoot.FLOAT;
      case DOUBLE ->
          root == LogicalTypeRoot.DOUBLE || root == LogicalTypeRoot.FLOAT || isInt32(root);
      case DECIMAL -> found instanceof DecimalType decimal && fits(decimal, declared);
      case STRING -> root == LogicalTypeRoot.CHAR || root == LogicalTypeRoot.VARCHAR;
      case BYTES -> root == LogicalTypeRoot.BINARY || root == LogicalTypeRoot.VARBINARY;
      case TIMESTAMP -> isInstant(root);
      case ARRAY ->
          root == LogicalTypeRoot.ARRAY && fits(found.getChildren().get(0), element(declared));
      case MAP ->
          found instanceof MapType map
              && fits(map.getKeyType(), ValueType.STRING)
              && fits(map.getValueType(), element(declared));
    };
  }

  /** Whether its values tell an instant: times without a zone and dates are UTC. */
  static boolean isInstant(LogicalTypeRoot root) {
    return root == LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE
        || root == LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE
        || root == LogicalTypeRoot.DATE;
  }

  private static boolean isInt32(LogicalTypeRoot root) {
    return root == LogicalTypeRoot.TINYINT
        || root == LogicalTypeRoot.SMALLINT
        || root == LogicalTypeRoot.INTEGER;
  }

  private static boolean fits(DecimalType found, ValueType declared) {
    return found.getScale() <= declared.scale()
        && found.getPrecision() - found.getScale() <= declared.precision() - declared.scale();
  }

  private static ValueType element(ValueType type) {
    return requireNonNull(type.element(), "element is null");
  }
}
