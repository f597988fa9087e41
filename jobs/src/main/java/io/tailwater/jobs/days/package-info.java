// SPDX-License-Identifier: Apache-2.0
/** Rows of offline tables sorted by day, as the files of a table want them. */
@NullMarked
package io.tailwater.jobs.days;

import org.jspecify.annotations.NullMarked;
