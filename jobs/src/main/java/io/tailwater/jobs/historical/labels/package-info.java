// SPDX-License-Identifier: Apache-2.0
/** Labels: whom a training set is about and when, out of CSV, Parquet or an Iceberg table. */
@NullMarked
package io.tailwater.jobs.historical.labels;

import org.jspecify.annotations.NullMarked;
