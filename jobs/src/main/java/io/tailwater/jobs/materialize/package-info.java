// SPDX-License-Identifier: Apache-2.0
/** Batch feature views into both stores, and offline tables into the online store. */
@NullMarked
package io.tailwater.jobs.materialize;

import org.jspecify.annotations.NullMarked;
