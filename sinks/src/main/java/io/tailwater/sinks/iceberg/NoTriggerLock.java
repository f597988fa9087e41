// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import org.apache.iceberg.flink.maintenance.api.TriggerLockFactory;

/** A lock between the tasks of one maintenance job, of which a bounded round has but one. */
final class NoTriggerLock implements TriggerLockFactory {
  private static final long serialVersionUID = 1L;

  private static final Lock FREE =
      new Lock() {
        @Override
        public boolean tryLock() {
          return true;
        }

        @Override
        public boolean isHeld() {
          return false;
        }

        @Override
        public void unlock() {
          // Nobody holds it.
        }
      };

  @Override
  public void open() {
    // There is nothing to open.
  }

  @Override
  public Lock createLock() {
    return FREE;
  }

  @Override
  public Lock createRecoveryLock() {
    return FREE;
  }

  @Override
  public void close() {
    // There is nothing to close.
  }
}
