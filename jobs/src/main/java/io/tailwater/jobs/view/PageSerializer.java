// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.counts.Page;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** A page of what is kept in order, by the core's codec. */
final class PageSerializer extends PlanSerializer<Page> {
  private static final long serialVersionUID = 1L;

  PageSerializer() {
    super(ANY_PLAN);
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<Page> duplicate() {
    return new PageSerializer();
  }

  @Override
  public Page createInstance() {
    throw new UnsupportedOperationException("the core makes its pages");
  }

  @Override
  public Page copy(Page from) {
    return from;
  }

  @Override
  void write(Page value, ByteWriter out) {
    codec().writePage(value, out);
  }

  @Override
  Page read(ByteReader in) {
    return codec().readPage(in);
  }

  @Override
  public TypeSerializerSnapshot<Page> snapshotConfiguration() {
    return new PageSerializerSnapshot();
  }
}
