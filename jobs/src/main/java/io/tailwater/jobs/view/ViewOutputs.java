// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.sinks.types.OfflineRowTypeInfo;
import io.tailwater.stores.DeadLetter;
import io.tailwater.stores.OfflineRow;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/** The side outputs of a view's operators. */
final class ViewOutputs {
  static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));

  private ViewOutputs() {}

  static OutputTag<OfflineRow> offline(FeatureView view) {
    return new OutputTag<>("offline", OfflineRowTypeInfo.of(view));
  }
}
