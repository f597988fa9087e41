// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.program;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stored feature is made of.
 *
 * @param name its name in the stores
 * @param aggregate the index of the aggregate in the view's plan; −1 for an expression
 * @param expression an expression over other features, in one spelling; null for an aggregate
 * @param reads the features that the expression names
 * @param defaultValue what replaces a null, as text; null if nothing does
 * @param type the type of its values, as text
 */
public record LoggedFeature(
    String name,
    int aggregate,
    @Nullable String expression,
    List<String> reads,
    @Nullable String defaultValue,
    String type) {
  public LoggedFeature {
    requireNonNull(name, "name is null");
    reads = List.copyOf(reads);
    requireNonNull(type, "type is null");
  }
}
