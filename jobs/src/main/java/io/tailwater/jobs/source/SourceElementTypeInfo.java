// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.sinks.types.ImmutableTypeInfo;

/** Flink's type of what flows between a source and its {@link ProgressOperator}. */
final class SourceElementTypeInfo extends ImmutableTypeInfo<SourceElement> {
  private static final long serialVersionUID = 1L;

  SourceElementTypeInfo(EventSource source) {
    super(SourceElement.class, new SourceElementSerializer(SourceEventTypeInfo.serializer(source)));
  }
}
