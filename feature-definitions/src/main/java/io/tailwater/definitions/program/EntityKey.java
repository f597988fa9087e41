// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.program;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Entity;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.ViewInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the entity's key out of a row. */
final class EntityKey {
  private final int[] fields;
  private final boolean[] widened;

  EntityKey(Entity entity, ViewInput input) {
    List<Field> row = input.source().row();
    List<String> names = row.stream().map(Field::name).toList();
    this.fields = new int[input.keyFields().size()];
    this.widened = new boolean[fields.length];
    for (int i = 0; i < fields.length; i++) {
      JoinKey joinKey = entity.joinKeys().get(i);
      fields[i] = names.indexOf(input.keyFields().get(i));
      if (fields[i] < 0) {
        throw new IllegalArgumentException(
            "source '%s' has no field '%s'"
                .formatted(input.source().name(), input.keyFields().get(i)));
      }
      widened[i] = isWidened(row.get(fields[i]).type(), joinKey);
    }
  }

  @Nullable Object[] of(@Nullable Object[] row) {
    @Nullable Object[] key = new @Nullable Object[fields.length];
    for (int i = 0; i < fields.length; i++) {
      Object value = row[fields[i]];
      key[i] = widened[i] && value != null ? Long.valueOf((Integer) value) : value;
    }
    return key;
  }

  private static boolean isWidened(ValueType type, JoinKey joinKey) {
    if (type.equals(joinKey.type())) {
      return false;
    }
    if (type.equals(ValueType.INT32) && joinKey.type().equals(ValueType.INT64)) {
      return true;
    }
    throw new IllegalArgumentException(
        "join key '%s' is %s, its field %s".formatted(joinKey.name(), joinKey.type(), type));
  }
}
