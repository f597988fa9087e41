// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.property;

import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.random.HostileValues;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A generated source.
 *
 * @param fields those of its schema
 * @param time the index of the event time's field
 * @param columns what it computes of each event, named c0, c1 and so on
 * @param keys for each join key the index of its field
 */
record PlainSource(String name, List<PlainField> fields, int time, List<Term> columns, int[] keys) {
  /** In expressions, whatever the field is called. */
  static final String EVENT_TIME = "event_time";

  record PlainField(String name, ValueType type, boolean nullable) {}

  /** The leaves of the source's columns, in the order of {@link #row}. */
  static List<Term> leaves(List<PlainField> fields) {
    List<Term> leaves = new ArrayList<>();
    for (PlainField field : fields) {
      boolean isTime = field.name().equals(EVENT_TIME);
      ValueType type = isTime ? ValueType.TIMESTAMP : field.type();
      leaves.add(Term.leaf(field.name(), type, leaves.size()));
    }
    if (fields.stream().noneMatch(field -> field.name().equals(EVENT_TIME))) {
      leaves.add(Term.leaf(EVENT_TIME, ValueType.TIMESTAMP, leaves.size()));
    }
    return leaves;
  }

  /** The leaves of all other expressions, in the order of {@link #row}. */
  List<Term> leaves() {
    List<Term> leaves = leaves(fields);
    int first = leaves.size();
    for (Term column : columns) {
      leaves.add(Term.leaf(columnName(leaves.size() - first), column.type(), leaves.size()));
    }
    return leaves;
  }

  /** The name of a column. */
  static String columnName(int index) {
    return "c" + index;
  }

  /** A decoded event at a time; of keys, those given. */
  Object[] event(Random random, long eventTime, List<Object> key) {
    Object[] values = new Object[fields.size()];
    for (int i = 0; i < values.length; i++) {
      PlainField field = fields.get(i);
      do {
        values[i] = decodable(HostileValues.next(random, field.type()));
      } while (values[i] == null && !field.nullable());
    }
    for (int i = 0; i < keys.length; i++) {
      boolean narrow = fields.get(keys[i]).type().equals(ValueType.INT32);
      Object value = key.get(i);
      values[keys[i]] = narrow && value != null ? (Object) ((Long) value).intValue() : value;
    }
    values[time] = eventTime;
    return values;
  }

  /** What expressions see of a decoded event. */
  Object[] row(Object[] event, long eventTime) {
    List<Object> row = new ArrayList<>(Arrays.asList(event));
    int own = fields.stream().map(PlainField::name).toList().indexOf(EVENT_TIME);
    if (own < 0) {
      row.add(eventTime);
    } else {
      row.set(own, eventTime);
    }
    Object[] fieldsAlone = row.toArray();
    columns.forEach(column -> row.add(column.of(fieldsAlone)));
    return row.toArray();
  }

  /** No decoder makes a text of half a surrogate pair. */
  private static Object decodable(Object value) {
    return value instanceof String text
        ? new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
        : value;
  }
}
