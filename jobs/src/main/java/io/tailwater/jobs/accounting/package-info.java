// SPDX-License-Identifier: Apache-2.0
/** The accounting law: what became of each event that was read, exact across failures. */
@NullMarked
package io.tailwater.jobs.accounting;

import org.jspecify.annotations.NullMarked;
