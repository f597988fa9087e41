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
  private final String[] names;
  private final AvroValueReader[] readers;
  private final AvroInput input = new AvroInput();
  private final Violations violations = new Violations();

  /**
   * @throws IllegalArgumentException if the source's fields are not those of its schema
   */
  AvroRowDecoder(EventSource source) {
    List<Field> fields = source.fields();
    List<Schema.Field> schema = new Schema.Parser().parse(source.avroSchema()).getFields();
    this.names = fields.stream().map(Field::name).toArray(String[]::new);
    if (!List.of(names).equals(schema.stream().map(Schema.Field::name).toList())) {
      throw new IllegalArgumentException(
          "source '%s': its fields %s are not those of its schema, %s"
              .formatted(source.name(), List.of(names), schema));
    }
    this.readers = new AvroValueReader[names.length];
    for (int i = 0; i < names.length; i++) {
      readers[i] = AvroValueReaders.of(schema.get(i).schema(), fields.get(i).type());
    }
  }

  @Override
  public @Nullable Object[] decode(byte[] bytes) throws RejectedException {
    input.reset(bytes);
    violations.reset();
    @Nullable Object[] row = new @Nullable Object[names.length];
    for (int i = 0; i < names.length; i++) {
      row[i] = decodeField(i);
    }
    if (input.remaining() > 0) {
      throw RejectedException.undecodable(
          "found %d bytes behind the record, expected its end".formatted(input.remaining()));
    }
    violations.throwFirst();
    return row;
  }

  private @Nullable Object decodeField(int i) throws RejectedException {
    violations.enter(names[i]);
    try {
      return readers[i].read(input, violations);
    } catch (RejectedException e) {
      throw e.in(names[i]);
    }
  }
}
