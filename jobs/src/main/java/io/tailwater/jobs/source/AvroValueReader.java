// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import org.jspecify.annotations.Nullable;

/**
 * Reads one value of an Avro schema as the Java class of a {@link
 * io.tailwater.aggregation.ValueType}.
 */
@FunctionalInterface
interface AvroValueReader {
  /**
   * Reads the value and moves the input behind it, also when it notes a violation.
   *
   * @throws RejectedException if the bytes are not an encoding of the schema
   */
  @Nullable Object read(AvroInput input, Violations violations) throws RejectedException;
}
