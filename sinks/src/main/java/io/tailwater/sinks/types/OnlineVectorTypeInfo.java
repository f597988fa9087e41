// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.types;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.stores.OnlineVector;
import java.util.List;

/** Flink's type of the vectors of a view: no Kryo, no copies, bit exact. */
public final class OnlineVectorTypeInfo extends ImmutableTypeInfo<OnlineVector> {

  /**
   * @param keyTypes the types of the join keys, in the entity's order
   * @param valueTypes the types of the features, in the view's order
   */
  public OnlineVectorTypeInfo(List<ValueType> keyTypes, List<ValueType> valueTypes) {
    super(
        OnlineVector.class,
        new OnlineVectorSerializer(
            new ValuesSerializer(keyTypes), new ValuesSerializer(valueTypes)));
  }

  /** The type of the vectors of a view of {@code view}. */
  public static OnlineVectorTypeInfo of(StoredView view) {
    return new OnlineVectorTypeInfo(ViewTypes.keys(view), ViewTypes.features(view));
  }
}
