// SPDX-License-Identifier: Apache-2.0
/** {@code tailwater verify}: a sample of entities recomputed, and what both stores have of them. */
@NullMarked
package io.tailwater.cli.verify;

import org.jspecify.annotations.NullMarked;
