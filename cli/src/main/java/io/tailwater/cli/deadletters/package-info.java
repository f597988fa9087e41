// SPDX-License-Identifier: Apache-2.0
/** What {@code tailwater dead-letters} shows. */
@NullMarked
package io.tailwater.cli.deadletters;

import org.jspecify.annotations.NullMarked;
