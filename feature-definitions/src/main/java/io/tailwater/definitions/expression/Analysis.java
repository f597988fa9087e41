// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.expression;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.dialect.AnsiSqlDialect;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/** One expression on its way from text through Calcite's parser and validator to a typed tree. */
final class Analysis {
  private static final SqlParser.Config PARSER =
      SqlParser.config()
          .withQuoting(Quoting.BACK_TICK)
          .withUnquotedCasing(Casing.UNCHANGED)
          .withQuotedCasing(Casing.UNCHANGED)
          .withIdentifierMaxLength(1_000)
          .withConformance(SqlConformanceEnum.LENIENT);

  private final JavaTypeFactoryImpl typeFactory = CalciteTypes.newFactory();
  private final RexBuilder rexBuilder = new RexBuilder(typeFactory);
  private final RelDataType rowType;
  private final TypedExpression typed;
  private final RexNode expression;

  /**
   * Analyzes the expression.
   *
   * @throws ExpressionException if it is refused
   */
  Analysis(String sql, List<Field> row) {
    String normalized = ExpressionText.normalize(sql);
    SqlNode parsed = parse(sql, normalized);
    Set<String> references = AllowList.check(sql, parsed, row);
    // Before the validator, which rewrites the tree in place.
    String canonical = parsed.toSqlString(AnsiSqlDialect.DEFAULT).getSql();
    this.rowType = CalciteTypes.ofRow(typeFactory, row);
    this.expression = toRex(desugar(parsed));
    Comparability.check(sql, expression);
    this.typed = new TypedExpression(typeOf(sql, row), canonical, references);
  }

  TypedExpression typed() {
    return typed;
  }

  /**
   * The expression's text in one spelling, with names replaced by what they stand for.
   *
   * @param meanings for some names, an expression that has been checked
   */
  static String expanded(String sql, Map<String, String> meanings) {
    Map<String, SqlNode> nodes = new HashMap<>();
    meanings.forEach((name, text) -> nodes.put(name, parse(text, ExpressionText.normalize(text))));
    SqlNode parsed = parse(sql, ExpressionText.normalize(sql));
    SqlNode expanded = parsed.accept(new Expansion(nodes));
    return (expanded == null ? parsed : expanded).toSqlString(AnsiSqlDialect.DEFAULT).getSql();
  }

  /** The index of the field that the expression is; −1 if it is more than a name. */
  int fieldIndex() {
    return expression instanceof RexInputRef input ? input.getIndex() : -1;
  }

  RowFunction compile() {
    return new CodeGenerator(rexBuilder, typeFactory, rowType)
        .generate(expression.accept(new CheckedRewriter(rexBuilder)));
  }

  private static SqlNode parse(String sql, String normalized) {
    try {
      return SqlParser.create(normalized, PARSER).parseExpression();
    } catch (SqlParseException e) {
      throw CalciteErrors.ofParser(sql, e);
    }
  }

  private static SqlNode desugar(SqlNode parsed) {
    SqlNode desugared = parsed.accept(new Desugaring());
    return desugared == null ? parsed : desugared;
  }

  private RexNode toRex(SqlNode node) {
    CalciteCatalogReader catalog =
        new CalciteCatalogReader(
            CalciteSchema.createRootSchema(false),
            List.of(),
            typeFactory,
            new CalciteConnectionConfigImpl(new Properties()));
    SqlValidator validator =
        SqlValidatorUtil.newValidator(
            Operators.TABLE,
            catalog,
            typeFactory,
            SqlValidator.Config.DEFAULT.withTypeCoercionEnabled(false));
    Map<String, RelDataType> types = new HashMap<>();
    Map<String, RexNode> inputs = new HashMap<>();
    for (RelDataTypeField field : rowType.getFieldList()) {
      types.put(field.getName(), field.getType());
      inputs.put(field.getName(), rexBuilder.makeInputRef(field.getType(), field.getIndex()));
    }
    SqlNode validated = validator.validateParameterizedExpression(node, types);
    SqlToRelConverter converter =
        new SqlToRelConverter(
            (rowType, query, schemaPath, viewPath) -> {
              throw new IllegalStateException("an expression has no views");
            },
            validator,
            catalog,
            RelOptCluster.create(new VolcanoPlanner(), rexBuilder),
            StandardConvertletTable.INSTANCE,
            SqlToRelConverter.config());
    return converter.convertExpression(validated, inputs);
  }

  private ValueType typeOf(String sql, List<Field> row) {
    int field = fieldIndex();
    if (field >= 0) {
      return row.get(field).type();
    }
    return CalciteTypes.toValueType(expression.getType())
        .orElseThrow(
            () ->
                new ExpressionException(
                    "'%s', whose type is %s".formatted(sql, expression.getType()),
                    0,
                    "an expression is a BOOL, a number, a text or a timestamp"));
  }
}
