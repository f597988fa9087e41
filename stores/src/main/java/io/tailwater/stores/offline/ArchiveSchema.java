// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.offline;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The columns of the table that a source's events are archived in: the schema's fields, all
 * nullable so that the schema can change, then when the event happened and where it stood in Kafka.
 *
 * @param columns as above; their names are unique
 */
public record ArchiveSchema(List<OfflineColumn> columns) {
  /** The event's time, whatever field the source takes it from. */
  public static final String EVENT_TIME = "_event_time";

  /** The Kafka topic. */
  public static final String TOPIC = "_topic";

  /** The partition of the topic. */
  public static final String PARTITION = "_partition";

  /** The offset in the partition. */
  public static final String OFFSET = "_offset";

  private static final Set<String> OWN = Set.of(EVENT_TIME, TOPIC, PARTITION, OFFSET);

  public ArchiveSchema {
    columns = List.copyOf(columns);
  }

  /**
   * The columns of {@code source}'s archive.
   *
   * @throws IllegalArgumentException if a field has the name of one of the archive's own columns
   */
  public static ArchiveSchema of(EventSource source) {
    List<OfflineColumn> columns = new ArrayList<>();
    for (Field field : source.fields()) {
      if (OWN.contains(field.name())) {
        throw new IllegalArgumentException(
            "source '%s' has a field '%s', which is the name of a column of its archive: rename the field, or set archive: false"
                .formatted(source.name(), field.name()));
      }
      columns.add(new OfflineColumn(field.name(), field.type(), false, ""));
    }
    columns.add(own(EVENT_TIME, ValueType.TIMESTAMP, "When the event happened"));
    columns.add(own(TOPIC, ValueType.STRING, "The Kafka topic it was read from"));
    columns.add(own(PARTITION, ValueType.INT32, "The topic's partition"));
    columns.add(own(OFFSET, ValueType.INT64, "The partition's offset"));
    return new ArchiveSchema(columns);
  }

  private static OfflineColumn own(String name, ValueType type, String description) {
    return new OfflineColumn(name, type, true, description);
  }
}
