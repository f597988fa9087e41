// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Field;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Decodes Avro's binary encoding by the source's own schema, without a header. Bytes behind the
 * datum are refused: they mean that it was written with another schema.
 */
final class AvroRowDecoder implements RowDecoder {
  private final AvroRow row;
  private final AvroInput input = new AvroInput();

  /**
   * @throws IllegalArgumentException if the source's fields are not those of its schema
   */
  AvroRowDecoder(EventSource source) {
    Schema schema = new Schema.Parser().parse(source.avroSchema());
    List<String> names = source.fields().stream().map(Field::name).toList();
    if (!names.equals(schema.getFields().stream().map(Schema.Field::name).toList())) {
      throw new IllegalArgumentException(
          "source '%s': its fields %s are not those of its schema, %s"
              .formatted(source.name(), names, schema));
    }
    this.row = AvroRow.of(source, schema);
  }

  @Override
  public @Nullable Object[] decode(byte[] bytes) throws RejectedException {
    input.reset(bytes);
    return row.readLast(input);
  }
}
