// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.expression;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.function.Supplier;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.adapter.enumerable.RexToLixTranslator;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.BlockStatement;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.MemberDeclaration;
import org.apache.calcite.linq4j.tree.ParameterExpression;
import org.apache.calcite.linq4j.tree.Primitive;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.rex.RexProgramBuilder;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.janino.ClassBodyEvaluator;

/**
 * Turns a typed expression into bytecode, in the way of Calcite's own {@code JaninoRexCompiler}:
 * its translator writes Java, Janino compiles it. The difference is what the code is given: a row
 * and our {@link Faults} instead of a query's context.
 */
final class CodeGenerator {
  private final RexBuilder rexBuilder;
  private final JavaTypeFactoryImpl typeFactory;
  private final RelDataType rowType;

  CodeGenerator(RexBuilder rexBuilder, JavaTypeFactoryImpl typeFactory, RelDataType rowType) {
    this.rexBuilder = rexBuilder;
    this.typeFactory = typeFactory;
    this.rowType = rowType;
  }

  RowFunction generate(RexNode expression) {
    ParameterExpression row = Expressions.parameter(Object[].class, "row");
    ParameterExpression faults = Expressions.parameter(Faults.class, "faults");
    BlockBuilder constants = new BlockBuilder().withRemoveUnused(false);
    BlockBuilder body = new BlockBuilder();
    Expression value = translate(expression, row, faults, constants, body);
    body.add(Expressions.return_(null, boxed(value)));
    return load(classBody(row, faults, constants.toBlock(), body.toBlock()));
  }

  private Expression translate(
      RexNode expression,
      ParameterExpression row,
      ParameterExpression faults,
      BlockBuilder constants,
      BlockBuilder body) {
    RexProgramBuilder program = new RexProgramBuilder(rowType, rexBuilder);
    program.addProject(expression, "value");
    RexProgram single = program.getProgram();
    return RexToLixTranslator.translateProjects(
            single,
            typeFactory,
            SqlConformanceEnum.DEFAULT,
            body,
            constants,
            null,
            faults,
            new RexToLixTranslator.InputGetterImpl(
                row, PhysTypeImpl.of(typeFactory, rowType, JavaRowFormat.ARRAY, false)),
            correlation -> {
              throw new IllegalStateException("correlated expression");
            })
        .get(0);
  }

  private static Expression boxed(Expression value) {
    return Primitive.is(value.getType()) ? Expressions.box(value) : value;
  }

  /** {@code public Object get() { constants; return new RowFunction() { apply … }; }}. */
  private static String classBody(
      ParameterExpression row,
      ParameterExpression faults,
      BlockStatement constants,
      BlockStatement body) {
    MemberDeclaration apply =
        Expressions.methodDecl(Modifier.PUBLIC, Object.class, "apply", List.of(row, faults), body);
    BlockBuilder get = new BlockBuilder().withRemoveUnused(false);
    constants.statements.forEach(get::add);
    get.add(
        Expressions.return_(null, Expressions.new_(RowFunction.class, List.of(), List.of(apply))));
    MemberDeclaration supplier =
        Expressions.methodDecl(Modifier.PUBLIC, Object.class, "get", List.of(), get.toBlock());
    return Expressions.toString(List.of(supplier), "\n", false);
  }

  private static RowFunction load(String classBody) {
    try {
      ClassBodyEvaluator evaluator = new ClassBodyEvaluator();
      evaluator.setClassName("io.tailwater.definitions.expression.GeneratedExpression");
      evaluator.setImplementedInterfaces(new Class<?>[] {Supplier.class});
      evaluator.setParentClassLoader(CodeGenerator.class.getClassLoader());
      evaluator.cook(classBody);
      Supplier<?> supplier =
          (Supplier<?>) evaluator.getClazz().getDeclaredConstructor().newInstance();
      return (RowFunction) supplier.get();
    } catch (CompileException | ReflectiveOperationException e) {
      throw new IllegalStateException("generated code does not compile: " + classBody, e);
    }
  }
}
