// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.sinks.types.ValuesSerializer;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** What a checkpoint says about the serializer of events in flight: the types of a row. */
public final class SourceEventSerializerSnapshot
    extends CompositeTypeSerializerSnapshot<SourceEvent, SourceEventSerializer> {
  private static final int VERSION = 1;

  /** For Flink. */
  public SourceEventSerializerSnapshot() {}

  SourceEventSerializerSnapshot(SourceEventSerializer serializer) {
    super(serializer);
  }

  @Override
  protected int getCurrentOuterSnapshotVersion() {
    return VERSION;
  }

  @Override
  protected TypeSerializer<?>[] getNestedSerializers(SourceEventSerializer serializer) {
    return new TypeSerializer<?>[] {serializer.rows()};
  }

  @Override
  protected SourceEventSerializer createOuterSerializerWithNestedSerializers(
      TypeSerializer<?>[] nestedSerializers) {
    return new SourceEventSerializer((ValuesSerializer) nestedSerializers[0]);
  }
}
