// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.labels;

import static java.util.stream.Collectors.joining;

import io.tailwater.definitions.expression.Suggestions;
import io.tailwater.definitions.model.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What labels' columns must be, whatever their format. */
final class Columns {
  private Columns() {}

  /** The columns that are missing, or there twice. */
  static List<String> problems(List<String> columns, List<Field> needed) {
    Set<String> names = new LinkedHashSet<>();
    needed.forEach(field -> names.add(field.name()));
    names.add(Labels.EVENT_TIMESTAMP);
    List<String> problems = new ArrayList<>();
    for (String name : names) {
      if (!columns.contains(name)) {
        problems.add(missing(name, columns, needed));
      }
    }
    columns.stream()
        .distinct()
        .filter(column -> Collections.frequency(columns, column) > 1)
        .forEach(column -> problems.add("column '%s' stands twice".formatted(column)));
    return problems;
  }

  private static String missing(String name, List<String> columns, List<Field> needed) {
    String type =
        needed.stream()
            .filter(field -> field.name().equals(name))
            .map(field -> field.type().toString())
            .distinct()
            .collect(joining(" and "));
    return "no column '%s' (%s); found %s%s"
        .formatted(
            name,
            type.isEmpty() ? "the label's instant" : type,
            columns,
            Suggestions.didYouMean(name, columns).map(hint -> ", " + hint).orElse(""));
  }
}
