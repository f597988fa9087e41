// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;

/**
 * A serializer of bytes that the core's codec has made by a plan. That they are of this plan is
 * what it adds to an array of bytes. What has been stored is not changed any more.
 */
abstract class EncodedSerializer extends PlanSerializer<byte[]> {
  private static final long serialVersionUID = 1L;

  private static final byte[] EMPTY = {};

  EncodedSerializer(AggregationPlan plan) {
    super(plan);
  }

  @Override
  public final boolean isImmutableType() {
    return true;
  }

  @Override
  public final byte[] createInstance() {
    return EMPTY;
  }

  @Override
  public final byte[] copy(byte[] from) {
    return from;
  }

  @Override
  final void write(byte[] value, ByteWriter out) {
    out.writeBytes(value);
  }

  @Override
  final byte[] read(ByteReader in) {
    return in.readBytes(in.remaining());
  }
}
