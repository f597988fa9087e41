// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.sinks.types.ImmutableSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The kind's code, the numbers, and the event if it is one. */
final class SourceElementSerializer extends ImmutableSerializer<SourceElement> {
  private static final long serialVersionUID = 1L;

  private final SourceEventSerializer events;

  SourceElementSerializer(SourceEventSerializer events) {
    this.events = events;
  }

  SourceEventSerializer events() {
    return events;
  }

  @Override
  public SourceElement createInstance() {
    return SourceElement.assignmentKnown();
  }

  @Override
  public void serialize(SourceElement element, DataOutputView target) throws IOException {
    SourceEvent event = element.event();
    target.writeByte(element.kind().code());
    target.writeInt(element.partition());
    target.writeLong(element.number());
    if (event != null) {
      events.serialize(event, target);
    }
  }

  @Override
  public SourceElement deserialize(DataInputView source) throws IOException {
    SourceElement.Kind kind = SourceElement.Kind.ofCode(source.readByte());
    int partition = source.readInt();
    long number = source.readLong();
    SourceEvent event = kind == SourceElement.Kind.EVENT ? events.deserialize(source) : null;
    return new SourceElement(kind, partition, number, event);
  }

  @Override
  public TypeSerializerSnapshot<SourceElement> snapshotConfiguration() {
    return new SourceElementSerializerSnapshot(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SourceElementSerializer that && events.equals(that.events);
  }

  @Override
  public int hashCode() {
    return events.hashCode();
  }

  @Override
  public String toString() {
    return events.toString();
  }
}
