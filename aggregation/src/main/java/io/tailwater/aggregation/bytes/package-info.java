// SPDX-License-Identifier: Apache-2.0
/**
 * Cursors over byte arrays: the compact, deterministic encodings of logs and accumulators are
 * written and read with them.
 */
@NullMarked
package io.tailwater.aggregation.bytes;

import org.jspecify.annotations.NullMarked;
