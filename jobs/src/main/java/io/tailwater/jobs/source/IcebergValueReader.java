// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import org.jspecify.annotations.Nullable;

/** Makes a value of one of Iceberg's types one of a {@link io.tailwater.aggregation.ValueType}. */
@FunctionalInterface
interface IcebergValueReader {
  /** The value; null with a violation noted if it is none of the type's. */
  @Nullable Object read(Object value, Violations violations);
}
