// SPDX-License-Identifier: Apache-2.0
/** Random projects from their YAML text to their vectors, against recomputations and DuckDB. */
package io.tailwater.definitions.property;
