// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.program.ViewProgram;
import io.tailwater.sinks.types.ImmutableTypeInfo;
import io.tailwater.sinks.types.ValuesSerializer;

/** Flink's type of the events of a view. */
public final class ViewEventTypeInfo extends ImmutableTypeInfo<ViewEvent> {
  private static final long serialVersionUID = 1L;

  /** The type of the events of {@code view}. */
  public ViewEventTypeInfo(FeatureView view) {
    super(
        ViewEvent.class,
        new ViewEventSerializer(
            EntityKeyTypeInfo.serializer(view),
            new ValuesSerializer(ViewProgram.planOf(view).columns())));
  }
}
