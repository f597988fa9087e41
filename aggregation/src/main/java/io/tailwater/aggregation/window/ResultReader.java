// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.counts.PageStore;
import org.jspecify.annotations.Nullable;

/** Reads one aggregate of a frame. */
@FunctionalInterface
interface ResultReader {
  @Nullable Object read(Frame frame, PageStore pages);
}
