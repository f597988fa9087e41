// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.materialize;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.BatchFeatureView;
import io.tailwater.definitions.model.ColumnFeature;
import io.tailwater.definitions.model.JoinKey;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Which columns a batch view takes of its query, and where they stand.
 *
 * @param names the columns, each once
 * @param keys for each join key, its column's index
 * @param eventTimestamp the event timestamp's index
 * @param features for each of {@link BatchFeatureView#columns()}, its column's index
 */
record QueryColumns(List<String> names, int[] keys, int eventTimestamp, int[] features)
    implements Serializable {

  static QueryColumns of(BatchFeatureView view) {
    Set<String> distinct = new LinkedHashSet<>();
    view.entity().joinKeys().forEach(key -> distinct.add(key.name()));
    distinct.add(view.eventTimestamp());
    view.columns().forEach(column -> distinct.add(column.name()));
    List<String> names = new ArrayList<>(distinct);
    return new QueryColumns(
        names,
        indexes(view.entity().joinKeys(), JoinKey::name, names),
        names.indexOf(view.eventTimestamp()),
        indexes(view.columns(), ColumnFeature::name, names));
  }

  private static <T> int[] indexes(List<T> elements, Function<T, String> name, List<String> names) {
    return elements.stream().mapToInt(element -> names.indexOf(name.apply(element))).toArray();
  }

  /** What a column is declared to be. */
  record Declared(String column, ValueType type) {}

  /**
   * All that a view declares of its query's columns, in order; the event timestamp is not in it.
   */
  static List<Declared> declared(BatchFeatureView view) {
    List<Declared> declared = new ArrayList<>();
    view.entity().joinKeys().forEach(key -> declared.add(new Declared(key.name(), key.type())));
    view.columns().forEach(column -> declared.add(new Declared(column.name(), column.type())));
    return declared;
  }
}
