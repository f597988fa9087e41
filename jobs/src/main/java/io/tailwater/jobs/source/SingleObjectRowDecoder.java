// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.KafkaTopic;
import io.tailwater.stores.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/**
 * Decodes Avro's single-object encoding: the bytes C3 01, the CRC-64-AVRO fingerprint of the
 * writer's schema, the lowest byte first, and a record in Avro's binary encoding. The writers'
 * schemas are the source's own and those of its topic.
 */
final class SingleObjectRowDecoder implements RowDecoder {
  private static final byte[] MARKER = {(byte) 0xC3, 0x01};
  private static final int HEADER_BYTES = MARKER.length + Long.BYTES;

  private final Map<Long, Schema> schemas = new HashMap<>();
  private final Map<Long, AvroRow> rows = new HashMap<>();
  private final AvroInput input = new AvroInput();

  /**
   * @throws IllegalArgumentException if a schema does not have the fields that the source cannot be
   *     without, or two have one fingerprint and do not mean the same
   */
  SingleObjectRowDecoder(EventSource source, KafkaTopic topic) {
    add(source, new Schema.Parser().parse(source.avroSchema()));
    for (String json : topic.writerSchemas()) {
      add(source, new Schema.Parser().parse(json));
    }
  }

  @Override
  public @Nullable Object[] decode(byte[] bytes) throws RejectedException {
    if (bytes.length < HEADER_BYTES) {
      throw RejectedException.undecodable(
          "found %d bytes, expected C3 01 and the eight of a fingerprint before the record"
              .formatted(bytes.length));
    }
    if (bytes[0] != MARKER[0] || bytes[1] != MARKER[1]) {
      throw RejectedException.undecodable(
          "found %02X %02X in the first bytes, expected C3 01 and a fingerprint"
              .formatted(bytes[0], bytes[1]));
    }
    long fingerprint = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(MARKER.length);
    AvroRow row = rows.get(fingerprint);
    if (row == null) {
      throw new RejectedException(
          DeadLetter.Code.UNKNOWN_SCHEMA,
          "schema fingerprint %016x: found none of the source's, expected one of %d: give the writer's schema in kafka.writer_schemas"
              .formatted(fingerprint, rows.size()));
    }
    input.reset(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
    return row.readLast(input);
  }

  private void add(EventSource source, Schema schema) {
    long fingerprint = SchemaNormalization.parsingFingerprint64(schema);
    Schema same = schemas.putIfAbsent(fingerprint, schema);
    if (same == null) {
      rows.put(fingerprint, row(source, schema));
    } else if (!AvroLogicalTypes.areSame(same, schema)) {
      throw new IllegalArgumentException(
          ("source '%s', schema '%s' in kafka.writer_schemas: found other logical types than in another schema"
                  + " with the same fingerprint, %016x, which does not count them; expected schemas that their fingerprints tell apart")
              .formatted(source.name(), schema.getFullName(), fingerprint));
    }
  }

  private static AvroRow row(EventSource source, Schema schema) {
    try {
      return AvroRow.of(source, schema);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "source '%s', schema '%s' in kafka.writer_schemas: %s"
              .formatted(source.name(), schema.getFullName(), e.getMessage()),
          e);
    }
  }
}
