// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.offline;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.StoredView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns of a view's offline table, in order: join keys, {@link #EVENT_TIMESTAMP}, features,
 * {@link #CREATED_TIMESTAMP}.
 *
 * @param columns as above; their names are unique
 */
public record OfflineSchema(List<OfflineColumn> columns) {
  /** The instant from which a row's values hold. */
  public static final String EVENT_TIMESTAMP = "event_timestamp";

  /** When a row was made; of rows with the same key and event timestamp the latest counts. */
  public static final String CREATED_TIMESTAMP = "created_timestamp";

  public OfflineSchema {
    columns = List.copyOf(columns);
    Set<String> names = new HashSet<>();
    for (OfflineColumn column : columns) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException(
            "offline column '%s' appears twice: rename the join key or feature of that name"
                .formatted(column.name()));
      }
    }
  }

  /**
   * The columns of {@code view}.
   *
   * @throws IllegalArgumentException if a join key or feature has the name of another column
   */
  public static OfflineSchema of(StoredView view) {
    List<OfflineColumn> columns = new ArrayList<>();
    for (JoinKey key : view.entity().joinKeys()) {
      columns.add(new OfflineColumn(key.name(), key.type(), true, view.entity().description()));
    }
    columns.add(instant(EVENT_TIMESTAMP, "The instant from which the values hold"));
    for (Feature feature : view.storedFeatures()) {
      columns.add(
          new OfflineColumn(
              feature.name(), feature.type(), false, feature.metadata().description()));
    }
    columns.add(instant(CREATED_TIMESTAMP, "When the row was made; the latest counts"));
    return new OfflineSchema(columns);
  }

  private static OfflineColumn instant(String name, String description) {
    return new OfflineColumn(name, ValueType.TIMESTAMP, true, description);
  }
}
