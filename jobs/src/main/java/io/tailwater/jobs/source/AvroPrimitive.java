// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

/** Reads one value as Avro encodes it, whatever it means. */
@FunctionalInterface
interface AvroPrimitive {
  Object read(AvroInput input) throws RejectedException;
}
