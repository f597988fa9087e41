// SPDX-License-Identifier: Apache-2.0
/** The as-of join: labels in memory, rows of the offline tables streamed past them in any order. */
@NullMarked
package io.tailwater.jobs.historical.join;

import org.jspecify.annotations.NullMarked;
