// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.embedded.Ports;

/**
 * Where the demo's services listen on the loopback interface.
 *
 * @param kafka 0 for any free port
 * @param redis 0 for any free port
 * @param web Flink's web UI; 0 for any free port
 */
public record DemoPorts(int kafka, int redis, int web) {
  /** The ports as asked for, with free ones where it does not matter. */
  DemoPorts chosen() {
    return new DemoPorts(chosen(kafka), chosen(redis), chosen(web));
  }

  private static int chosen(int port) {
    return port == 0 ? Ports.free() : port;
  }
}
