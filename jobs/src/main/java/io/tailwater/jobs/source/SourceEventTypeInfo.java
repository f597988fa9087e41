// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Field;
import io.tailwater.sinks.types.ImmutableTypeInfo;
import io.tailwater.sinks.types.ValuesSerializer;

/** Flink's type of the events of a source: no Kryo, no copies, since nobody changes an event. */
public final class SourceEventTypeInfo extends ImmutableTypeInfo<SourceEvent> {
  private static final long serialVersionUID = 1L;

  /** The type of events whose rows hold the fields of {@code source}. */
  public SourceEventTypeInfo(EventSource source) {
    super(SourceEvent.class, serializer(source));
  }

  static SourceEventSerializer serializer(EventSource source) {
    return new SourceEventSerializer(
        new ValuesSerializer(source.fields().stream().map(Field::type).toList()));
  }
}
