// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cluster;

/** Something that goes wrong while a stream runs. */
@FunctionalInterface
interface Fault {
  /** Strikes, and does what whoever runs the cluster does at once. */
  void strike(Installation installation) throws Exception;

  /** Does what is left to be done when the stream has caught up. */
  default void mend(Installation installation) throws Exception {}
}
