// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.sinks.types.ImmutableTypeInfo;
import io.tailwater.sinks.types.ValuesSerializer;
import java.util.List;

/** Flink's type of an entity's key. */
public final class EntityKeyTypeInfo extends ImmutableTypeInfo<EntityKey> {
  private static final long serialVersionUID = 1L;

  /** The type of the keys of a view's entity. */
  public EntityKeyTypeInfo(FeatureView view) {
    super(EntityKey.class, serializer(view));
  }

  /** The type of keys that hold one value of each of {@code types}, in that order. */
  public EntityKeyTypeInfo(List<ValueType> types) {
    super(EntityKey.class, new EntityKeySerializer(new ValuesSerializer(types)));
  }

  @Override
  public boolean isKeyType() {
    return true;
  }

  static EntityKeySerializer serializer(FeatureView view) {
    return new EntityKeySerializer(
        new ValuesSerializer(view.entity().joinKeys().stream().map(JoinKey::type).toList()));
  }
}
