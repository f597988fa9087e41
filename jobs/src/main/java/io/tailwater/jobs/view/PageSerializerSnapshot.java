// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.counts.Page;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** What a savepoint says about {@link PageSerializer}, which is the same for all plans. */
public final class PageSerializerSnapshot extends PlanSerializerSnapshot<Page> {
  /** For Flink. */
  public PageSerializerSnapshot() {}

  @Override
  TypeSerializer<Page> serializer(AggregationPlan plan) {
    return new PageSerializer();
  }
}
