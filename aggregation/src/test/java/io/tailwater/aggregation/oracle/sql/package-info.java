// SPDX-License-Identifier: Apache-2.0
/** The naive oracle against another: SQL, as DuckDB understands it, for what it says exactly. */
package io.tailwater.aggregation.oracle.sql;
