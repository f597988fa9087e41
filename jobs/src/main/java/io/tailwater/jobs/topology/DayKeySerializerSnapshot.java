// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;

/** For Flink, which asks each serializer for one; no savepoint has keys of days. */
public final class DayKeySerializerSnapshot extends SimpleTypeSerializerSnapshot<DayKey> {
  /** For Flink. */
  public DayKeySerializerSnapshot() {
    super(DayKeySerializer::new);
  }
}
