// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** What a checkpoint says about the serializer of elements in flight: that of their events. */
public final class SourceElementSerializerSnapshot
    extends CompositeTypeSerializerSnapshot<SourceElement, SourceElementSerializer> {
  private static final int VERSION = 1;

  /** For Flink. */
  public SourceElementSerializerSnapshot() {}

  SourceElementSerializerSnapshot(SourceElementSerializer serializer) {
    super(serializer);
  }

  @Override
  protected int getCurrentOuterSnapshotVersion() {
    return VERSION;
  }

  @Override
  protected TypeSerializer<?>[] getNestedSerializers(SourceElementSerializer serializer) {
    return new TypeSerializer<?>[] {serializer.events()};
  }

  @Override
  protected SourceElementSerializer createOuterSerializerWithNestedSerializers(
      TypeSerializer<?>[] nestedSerializers) {
    return new SourceElementSerializer((SourceEventSerializer) nestedSerializers[0]);
  }
}
