// SPDX-License-Identifier: Apache-2.0
/** A backfill beside DuckDB and Spark SQL on the same Parquet file, with answers checked. */
@NullMarked
package io.tailwater.benchmarks.backfill;

import org.jspecify.annotations.NullMarked;
