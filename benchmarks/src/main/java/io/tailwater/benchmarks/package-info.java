// SPDX-License-Identifier: Apache-2.0
/** Side-by-side measurements against what a user would run otherwise, with answers checked. */
@NullMarked
package io.tailwater.benchmarks;

import org.jspecify.annotations.NullMarked;
