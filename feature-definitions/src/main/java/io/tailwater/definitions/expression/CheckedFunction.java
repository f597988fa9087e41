// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.expression;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.adapter.enumerable.CallImplementor;
import org.apache.calcite.adapter.enumerable.EnumUtils;
import org.apache.calcite.adapter.enumerable.NullPolicy;
import org.apache.calcite.adapter.enumerable.RexImpTable;
import org.apache.calcite.adapter.enumerable.RexToLixTranslator;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.schema.FunctionParameter;
import org.apache.calcite.schema.ImplementableFunction;

/**
 * Lets generated code call a method of {@link Arithmetic}, {@link Conversions} or {@link Texts}:
 * the translator's root, our {@link Faults}, goes in front of the operands, and the method itself
 * deals with nulls.
 */
final class CheckedFunction implements ImplementableFunction {
  private final Method method;

  CheckedFunction(Method method) {
    this.method = method;
  }

  /** The method of that name and result class. */
  static CheckedFunction of(Class<?> holder, String name, Class<?> result) {
    return Arrays.stream(holder.getMethods())
        .filter(method -> method.getName().equals(name) && method.getReturnType() == result)
        .map(CheckedFunction::new)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s has no %s %s".formatted(holder, result.getSimpleName(), name)));
  }

  @Override
  public List<FunctionParameter> getParameters() {
    return List.of();
  }

  @Override
  public CallImplementor getImplementor() {
    return RexImpTable.createImplementor(
        (translator, call, operands) -> call(translator, operands), NullPolicy.NONE, false);
  }

  private Expression call(RexToLixTranslator translator, List<Expression> operands) {
    Class<?>[] parameters = method.getParameterTypes();
    List<Expression> arguments = new ArrayList<>();
    arguments.add(translator.getRoot());
    for (Expression operand : operands) {
      arguments.add(EnumUtils.convert(operand, parameters[arguments.size()]));
    }
    return Expressions.call(method, arguments);
  }
}
