// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import java.util.concurrent.TimeUnit;

/** Time as retries see it. */
interface Pauses {
  /** The machine's. */
  Pauses SYSTEM =
      new Pauses() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public void pause(long nanos) throws InterruptedException {
          TimeUnit.NANOSECONDS.sleep(nanos);
        }
      };

  /** Nanoseconds since an arbitrary instant, for differences only. */
  long nanoTime();

  /** Returns after {@code nanos}, which are not negative. */
  void pause(long nanos) throws InterruptedException;
}
