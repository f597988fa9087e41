// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import io.tailwater.sinks.types.ImmutableTypeInfo;

/** Flink's type of a row's day and entity. */
final class DayKeyTypeInfo extends ImmutableTypeInfo<DayKey> {
  private static final long serialVersionUID = 1L;

  DayKeyTypeInfo() {
    super(DayKey.class, new DayKeySerializer());
  }

  @Override
  public boolean isKeyType() {
    return true;
  }
}
