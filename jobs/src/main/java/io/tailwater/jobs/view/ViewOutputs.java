// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.ViewInput;
import io.tailwater.sinks.types.OfflineRowTypeInfo;
import io.tailwater.stores.DeadLetter;
import io.tailwater.stores.OfflineRow;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/** The side outputs of a view's operators. */
final class ViewOutputs {
  private ViewOutputs() {}

  /** What was not applied of one source's events. */
  static OutputTag<DeadLetter> deadLetters(ViewInput input) {
    return new OutputTag<>(
        "dead-letters-" + input.source().name(), TypeInformation.of(DeadLetter.class));
  }

  static OutputTag<OfflineRow> offline(FeatureView view) {
    return new OutputTag<>("offline", OfflineRowTypeInfo.of(view));
  }
}
