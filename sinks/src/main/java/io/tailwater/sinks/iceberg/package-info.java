// SPDX-License-Identifier: Apache-2.0
/** Offline tables in Iceberg: catalogs, tables, the exactly-once sink and a reader. */
@NullMarked
package io.tailwater.sinks.iceberg;

import org.jspecify.annotations.NullMarked;
