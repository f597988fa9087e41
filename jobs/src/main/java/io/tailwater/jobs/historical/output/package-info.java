// SPDX-License-Identifier: Apache-2.0
/** Training sets as they are written: labels with their features, in CSV or Parquet. */
@NullMarked
package io.tailwater.jobs.historical.output;

import org.jspecify.annotations.NullMarked;
