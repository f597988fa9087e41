// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.program;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a column of a view's log holds, said so that it can be compared with what a column of other
 * definitions holds: equal columns hold the same of the same events. Texts of expressions are in
 * one spelling and name fields of the source only: computed columns are written out.
 *
 * @param input the events that fill it; it is null in all others
 * @param value what it holds; null for the mark TRUE of each event
 * @param where the condition under which it does; null for always
 * @param type the type of what it holds
 * @param counted whether only a mark TRUE is held where {@code value} is not null
 * @param fields the fields that {@code value} and {@code where} read, with their types
 */
public record LoggedColumn(
    LoggedInput input,
    @Nullable String value,
    @Nullable String where,
    ValueType type,
    boolean counted,
    Map<String, ValueType> fields) {
  public LoggedColumn {
    requireNonNull(input, "input is null");
    requireNonNull(type, "type is null");
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }

  /** The column that marks every event of an input. A log of one input needs none. */
  public static LoggedColumn everyEventOf(LoggedInput input) {
    return new LoggedColumn(input, null, null, ValueType.BOOL, true, Map.of());
  }
}
