// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.expression;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Field;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/** How our types are called in Calcite. FLOAT is SQL's REAL there: Calcite's FLOAT has 64 bits. */
final class CalciteTypes {
  /** Large enough for milliseconds, which is what TIMESTAMP has. */
  private static final int TIMESTAMP_PRECISION = 3;

  /** DECIMAL has up to 38 digits; texts of different lengths meet without being padded. */
  private static final RelDataTypeSystem SYSTEM =
      new RelDataTypeSystemImpl() {
        @Override
        public int getMaxPrecision(SqlTypeName typeName) {
          return typeName == SqlTypeName.DECIMAL
              ? ValueType.MAX_PRECISION
              : super.getMaxPrecision(typeName);
        }

        @Override
        public int getMaxScale(SqlTypeName typeName) {
          return typeName == SqlTypeName.DECIMAL
              ? ValueType.MAX_PRECISION
              : super.getMaxScale(typeName);
        }

        // What Calcite's own derivations still ask instead of the two above.
        @Override
        @SuppressWarnings("deprecation")
        public int getMaxNumericPrecision() {
          return ValueType.MAX_PRECISION;
        }

        @Override
        @SuppressWarnings("deprecation")
        public int getMaxNumericScale() {
          return ValueType.MAX_PRECISION;
        }

        @Override
        public boolean shouldConvertRaggedUnionTypesToVarying() {
          return true;
        }
      };

  private CalciteTypes() {}

  /** A type factory of its own: Calcite's is not meant for many threads. */
  static JavaTypeFactoryImpl newFactory() {
    return new JavaTypeFactoryImpl(SYSTEM) {
      @Override
      public Charset getDefaultCharset() {
        return StandardCharsets.UTF_8;
      }
    };
  }

  /** The type of a row of {@code fields}; each is nullable, whatever the schema promises. */
  static RelDataType ofRow(RelDataTypeFactory factory, List<Field> fields) {
    RelDataTypeFactory.Builder row = factory.builder();
    for (Field field : fields) {
      row.add(field.name(), of(factory, field.type()));
    }
    return row.build();
  }

  /**
   * The nullable type; ANY for the types that expressions pass on but do not look into (BYTES,
   * ARRAY, MAP).
   */
  static RelDataType of(RelDataTypeFactory factory, ValueType type) {
    RelDataType sqlType =
        switch (type.kind()) {
          case BOOL -> factory.createSqlType(SqlTypeName.BOOLEAN);
          case INT32 -> factory.createSqlType(SqlTypeName.INTEGER);
          case INT64 -> factory.createSqlType(SqlTypeName.BIGINT);
          case FLOAT -> factory.createSqlType(SqlTypeName.REAL);
          case DOUBLE -> factory.createSqlType(SqlTypeName.DOUBLE);
          case DECIMAL ->
              factory.createSqlType(SqlTypeName.DECIMAL, type.precision(), type.scale());
          case STRING -> factory.createSqlType(SqlTypeName.VARCHAR);
          case TIMESTAMP -> factory.createSqlType(SqlTypeName.TIMESTAMP, TIMESTAMP_PRECISION);
          case BYTES, ARRAY, MAP -> factory.createSqlType(SqlTypeName.ANY);
        };
    return factory.createTypeWithNullability(sqlType, true);
  }

  /** Our name of the type; empty if values of it cannot leave an expression. */
  static Optional<ValueType> toValueType(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> Optional.of(ValueType.BOOL);
      case INTEGER -> Optional.of(ValueType.INT32);
      case BIGINT -> Optional.of(ValueType.INT64);
      case REAL -> Optional.of(ValueType.FLOAT);
      case DOUBLE -> Optional.of(ValueType.DOUBLE);
      case DECIMAL ->
          type.getScale() < 0 || type.getScale() > type.getPrecision()
              ? Optional.empty()
              : Optional.of(ValueType.decimal(type.getPrecision(), type.getScale()));
      case CHAR, VARCHAR -> Optional.of(ValueType.STRING);
      case TIMESTAMP -> Optional.of(ValueType.TIMESTAMP);
      default -> Optional.empty();
    };
  }
}
