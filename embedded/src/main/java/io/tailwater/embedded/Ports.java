// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** TCP ports of the loopback interface, where all embedded services listen. */
public final class Ports {
  /** The address that all embedded services listen on. */
  public static final String LOOPBACK = "127.0.0.1";

  private static final int MAX_PORT = 65_535;

  private Ports() {}

  /**
   * A port that nothing listens on. Another process may take it before the caller does, which is
   * rare: the system hands out such ports in turn.
   *
   * @throws EmbeddedServiceException if the system has none
   */
  public static int free() {
    try (ServerSocket socket = bind(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new EmbeddedServiceException(
          "No free TCP port on %s: %s".formatted(LOOPBACK, e.getMessage()), e);
    }
  }

  /**
   * Makes sure that {@code service} can listen on {@code port}.
   *
   * @throws EmbeddedServiceException if it cannot, with the process that holds the port, where the
   *     system tells, and what to do
   */
  public static void requireFree(String service, int port) {
    if (port < 1 || port > MAX_PORT) {
      throw new EmbeddedServiceException(
          "%s: port %d is not in 1 to %d".formatted(service, port, MAX_PORT));
    }
    try {
      bind(port).close();
    } catch (IOException e) {
      throw new EmbeddedServiceException(
          "%s cannot listen on %s:%d: %s. Stop it, or choose another port."
              .formatted(service, LOOPBACK, port, PortOwner.describe(port)),
          e);
    }
  }

  /** {@link #LOOPBACK}, spelled as bytes so that no resolver can answer it with another address. */
  static InetSocketAddress loopback(int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an IPv4 address", e);
    }
  }

  private static ServerSocket bind(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      // As servers do, so that connections of a predecessor in TIME_WAIT are not in the way.
      socket.setReuseAddress(true);
      socket.bind(loopback(port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
