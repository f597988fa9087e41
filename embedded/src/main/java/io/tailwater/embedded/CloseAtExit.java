// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a service when the JVM ends before its owner has closed it: one service after the other,
 * the last one first, since what was started later uses what was there. A job that still runs would
 * complain that its stores are gone.
 *
 * <p>Thread-safe.
 */
final class CloseAtExit {
  private static final Logger LOG = LoggerFactory.getLogger(CloseAtExit.class);

  private static final Services OF_THIS_JVM = new Services();
  private static @Nullable Thread hook;

  private final String service;
  private final Runnable close;

  private CloseAtExit(String service, Runnable close) {
    this.service = service;
    this.close = close;
  }

  /** What is to be closed, the last one first. */
  static final class Services {
    private final Deque<CloseAtExit> open = new ArrayDeque<>();

    synchronized CloseAtExit add(String service, Runnable close) {
      CloseAtExit added = new CloseAtExit(service, close);
      open.push(added);
      return added;
    }

    synchronized void remove(CloseAtExit service) {
      open.remove(service);
    }

    private synchronized @Nullable CloseAtExit next() {
      return open.poll();
    }

    void closeAll() {
      for (CloseAtExit each = next(); each != null; each = next()) {
        try {
          each.close.run();
        } catch (RuntimeException e) {
          // The others are to be closed too, and nobody is left to be told.
          LOG.info("{} did not close at the end of the JVM", each.service, e);
        }
      }
    }
  }

  /**
   * Remembers a service.
   *
   * @throws EmbeddedServiceException if the JVM is ending
   */
  static synchronized CloseAtExit register(String service, Runnable close) {
    requireRunningJvm();
    if (hook == null) {
      hook = new Thread(OF_THIS_JVM::closeAll, "close-services");
      Runtime.getRuntime().addShutdownHook(hook);
    }
    return OF_THIS_JVM.add(service, close);
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
    OF_THIS_JVM.remove(this);
  }
}
