// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.types;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.stores.OfflineRow;
import java.util.List;

/** Flink's type of the rows of an offline table: no Kryo, no copies, bit exact. */
public final class OfflineRowTypeInfo extends ImmutableTypeInfo<OfflineRow> {

  /**
   * @param keyTypes the types of the join keys, in the entity's order
   * @param valueTypes the types of the features, in the view's order
   */
  public OfflineRowTypeInfo(List<ValueType> keyTypes, List<ValueType> valueTypes) {
    super(
        OfflineRow.class,
        new OfflineRowSerializer(new ValuesSerializer(keyTypes), new ValuesSerializer(valueTypes)));
  }

  /** The type of the rows of an offline table of {@code view}. */
  public static OfflineRowTypeInfo of(StoredView view) {
    return new OfflineRowTypeInfo(ViewTypes.keys(view), ViewTypes.features(view));
  }
}
