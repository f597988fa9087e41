// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Field;
import io.tailwater.stores.DeadLetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The canonical bytes of event ids: equal if and only if the ids are, and in the ids' own order.
 * {@link EventSource#POSITION} stands for the record's position, for sources whose events have no
 * id of their own. Not thread-safe.
 */
final class EventIdEncoder {
  private static final int AT_POSITION = -1;

  private final List<String> names;
  private final int[] places;
  private final ValueType[] types;
  private final OrderedBytes bytes = new OrderedBytes();

  EventIdEncoder(EventSource source) {
    this.names = source.eventId();
    this.places = new int[names.size()];
    this.types = new ValueType[names.size()];
    for (int i = 0; i < places.length; i++) {
      boolean position = names.get(i).equals(EventSource.POSITION);
      places[i] = position ? AT_POSITION : place(source, names.get(i));
      types[i] = position ? ValueType.STRING : source.fields().get(places[i]).type();
    }
  }

  /**
   * @throws RejectedException if a component of the id is null
   */
  byte[] encode(@Nullable Object[] row, String position) throws RejectedException {
    bytes.reset();
    for (int i = 0; i < places.length; i++) {
      Object value = places[i] == AT_POSITION ? position : row[places[i]];
      if (value == null) {
        throw new RejectedException(
                DeadLetter.Code.MISSING_EVENT_ID, "found null, expected a part of the event id")
            .in(names.get(i));
      }
      bytes.append(value, types[i]);
    }
    return bytes.toByteArray();
  }

  private static int place(EventSource source, String name) {
    int place = source.fields().stream().map(Field::name).toList().indexOf(name);
    if (place < 0) {
      throw new IllegalArgumentException(
          "source '%s' has no field '%s' for its event id".formatted(source.name(), name));
    }
    return place;
  }
}
