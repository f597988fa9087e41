// SPDX-License-Identifier: Apache-2.0
/**
 * Features computed a second time, from sorted lists of events, by nothing but what DESIGN says a
 * value means. It shares no code with the pipeline's aggregation: two wrongs would have to agree to
 * the last bit.
 */
@NullMarked
package io.tailwater.cli.recompute;

import org.jspecify.annotations.NullMarked;
