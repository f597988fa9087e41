// SPDX-License-Identifier: Apache-2.0
/** {@code tailwater explain}: why a value is what it is, and whether the stores have the same. */
@NullMarked
package io.tailwater.cli.explain;

import org.jspecify.annotations.NullMarked;
