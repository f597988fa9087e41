// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import java.util.ArrayList;
import java.util.List;

/** Pauses that pass at once and are remembered. */
final class ManualPauses implements Pauses {
  final List<Long> pauses = new ArrayList<>();
  private long now;

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public void pause(long nanos) {
    pauses.add(nanos);
    now += nanos;
  }

  void advance(long nanos) {
    now += nanos;
  }
}
