// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes what Confluent's serializers write: a byte 0, four bytes with the id of the writer's
 * schema in a registry, the highest first, and a record in Avro's binary encoding.
 */
final class ConfluentRowDecoder implements RowDecoder {
  private static final byte MAGIC = 0;
  private static final int HEADER_BYTES = 1 + Integer.BYTES;

  private final RegisteredRows rows;
  private final AvroInput input = new AvroInput();

  ConfluentRowDecoder(RegisteredRows rows) {
    this.rows = rows;
  }

  @Override
  public void prepare(byte[] bytes) throws IOException {
    if (bytes.length >= HEADER_BYTES && bytes[0] == MAGIC) {
      rows.load(schemaId(bytes));
    }
  }

  @Override
  public @Nullable Object[] decode(byte[] bytes) throws RejectedException {
    if (bytes.length > 0 && bytes[0] != MAGIC) {
      throw RejectedException.undecodable(
          "found 0x%02X in the first byte, expected 0x00 and a schema id".formatted(bytes[0]));
    }
    if (bytes.length < HEADER_BYTES) {
      throw RejectedException.undecodable(
          "found %d bytes, expected 0x00 and the four bytes of a schema id before the record"
              .formatted(bytes.length));
    }
    AvroRow row = rows.row(schemaId(bytes));
    input.reset(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
    return row.readLast(input);
  }

  private static int schemaId(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getInt(1);
  }
}
