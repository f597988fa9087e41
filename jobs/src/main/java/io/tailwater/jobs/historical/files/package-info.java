// SPDX-License-Identifier: Apache-2.0
/** Files of any file system that Flink knows, for Iceberg's readers and writers of Parquet. */
@NullMarked
package io.tailwater.jobs.historical.files;

import org.jspecify.annotations.NullMarked;
