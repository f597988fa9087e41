// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** From a record's bytes to the values of its source's fields. Not thread-safe. */
interface RowDecoder {
  /**
   * Gets what decoding the record needs and is not in it. No record makes it throw.
   *
   * @throws IOException if that cannot be had now, which says nothing of the record
   */
  default void prepare(byte[] bytes) throws IOException {}

  /**
   * Decodes a record.
   *
   * @return a fresh array, one value a field in the schema's order, of their types' Java classes
   * @throws RejectedException if the bytes do not decode, or break the schema
   */
  @Nullable Object[] decode(byte[] bytes) throws RejectedException;
}
