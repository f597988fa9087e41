// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

/** Takes one event of the log. */
@FunctionalInterface
interface EventVisitor {
  /** The event at {@code index} of {@code chunk}. */
  void visit(Chunk chunk, int index);
}
