// SPDX-License-Identifier: Apache-2.0
/** Serving on the axes of Feast's own benchmark: latency at a fixed rate, and the highest rate. */
@NullMarked
package io.tailwater.benchmarks.serving;

import org.jspecify.annotations.NullMarked;
