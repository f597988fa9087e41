// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.expression;

import io.tailwater.aggregation.ValueType;
import java.util.Set;

/**
 * What is known of an expression before it is compiled.
 *
 * @param type the type of its values
 * @param canonical its text in one spelling: two expressions with the same canonical text over the
 *     same row have the same values
 * @param references the fields that it uses
 */
public record TypedExpression(ValueType type, String canonical, Set<String> references) {
  public TypedExpression {
    references = Set.copyOf(references);
  }
}
