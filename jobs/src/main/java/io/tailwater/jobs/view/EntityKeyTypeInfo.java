// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.sinks.types.ImmutableTypeInfo;
import io.tailwater.sinks.types.ValuesSerializer;

/** Flink's type of an entity's key. */
public final class EntityKeyTypeInfo extends ImmutableTypeInfo<EntityKey> {
  private static final long serialVersionUID = 1L;

  /** The type of the keys of a view's entity. */
  public EntityKeyTypeInfo(FeatureView view) {
    super(EntityKey.class, serializer(view));
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
