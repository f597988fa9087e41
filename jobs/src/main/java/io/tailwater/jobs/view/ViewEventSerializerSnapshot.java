// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.sinks.types.ValuesSerializer;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** What a savepoint says about the serializer of a view's events: the types of key and columns. */
public final class ViewEventSerializerSnapshot
    extends CompositeTypeSerializerSnapshot<ViewEvent, ViewEventSerializer> {
  private static final int VERSION = 1;

  /** For Flink. */
  public ViewEventSerializerSnapshot() {}

  ViewEventSerializerSnapshot(ViewEventSerializer serializer) {
    super(serializer);
  }

  @Override
  protected int getCurrentOuterSnapshotVersion() {
    return VERSION;
  }

  @Override
  protected TypeSerializer<?>[] getNestedSerializers(ViewEventSerializer serializer) {
    return new TypeSerializer<?>[] {serializer.keys(), serializer.columns()};
  }

  @Override
  protected ViewEventSerializer createOuterSerializerWithNestedSerializers(
      TypeSerializer<?>[] nestedSerializers) {
    return new ViewEventSerializer(
        (EntityKeySerializer) nestedSerializers[0], (ValuesSerializer) nestedSerializers[1]);
  }
}
