// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a service when the JVM ends before its owner has closed it.
 *
 * <p>Thread-safe.
 */
final class CloseAtExit {
  private static final Logger LOG = LoggerFactory.getLogger(CloseAtExit.class);

  private final Thread hook;

  private CloseAtExit(Thread hook) {
    this.hook = hook;
  }

  static CloseAtExit register(String service, Runnable close) {
    Thread hook = new Thread(close, "close-" + service);
    Runtime.getRuntime().addShutdownHook(hook);
    return new CloseAtExit(hook);
  }

  /**
   * Makes sure that what is created now will be closed.
   *
   * @throws EmbeddedServiceException if the JVM is ending and takes no more hooks
   */
  static void requireRunningJvm() {
    Thread probe = new Thread(() -> {}, "probe");
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      Runtime.getRuntime().removeShutdownHook(probe);
    } catch (IllegalStateException e) {
      throw new EmbeddedServiceException("The process is ending: nothing is started any more", e);
    }
  }

  /** Forgets the service, which is closed. */
  void cancel() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending and the hook runs, perhaps it is what calls us: nothing to forget.
      LOG.debug("{} is closed at the end of the JVM", hook.getName());
    }
  }
}
