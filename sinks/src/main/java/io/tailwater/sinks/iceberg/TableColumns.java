// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.StoredView;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Where the values of a view's rows stand in its table, which may have other columns too. */
public final class TableColumns {
  private TableColumns() {}

  /**
   * The column of a feature: under its name or, in a table that has not been renamed yet, its
   * former one.
   *
   * @param formerName null if it has none
   * @return null if the table has no such column
   */
  public static Types.@Nullable NestedField find(
      Schema schema, String name, @Nullable String formerName) {
    Types.NestedField column = schema.findField(name);
    return column == null && formerName != null ? schema.findField(formerName) : column;
  }

  /** The names of the columns of the join keys. */
  static List<String> ofKeys(StoredView view) {
    return view.entity().joinKeys().stream().map(JoinKey::name).toList();
  }

  /** The names of the columns of the stored features, in a table that is up to date. */
  static List<String> ofFeatures(StoredView view) {
    return view.storedFeatures().stream().map(Feature::name).toList();
  }

  /**
   * The places of some of a table's columns.
   *
   * @throws IllegalArgumentException if one is not there
   */
  static int[] places(Schema schema, List<String> names) {
    return names.stream().mapToInt(name -> place(schema, name)).toArray();
  }

  /** The place of a column. */
  static int place(Schema schema, String name) {
    int place = schema.columns().stream().map(Types.NestedField::name).toList().indexOf(name);
    if (place < 0) {
      throw new IllegalArgumentException("no column '%s' in %s".formatted(name, schema));
    }
    return place;
  }
}
