// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Where the fields of a source stand in a writer's schema. */
final class AvroResolution {
  private final EventSource source;
  private final Schema reader;
  private final Schema writer;

  AvroResolution(EventSource source, Schema writer) {
    this.source = source;
    this.reader = new Schema.Parser().parse(source.avroSchema());
    this.writer = writer;
  }

  Schema writer() {
    return writer;
  }

  /**
   * The field of the writer's schema that is the source's: of its name, else of one of its aliases
   * that the source has no other field for. Null if there is none.
   */
  Schema.@Nullable Field written(Field field) {
    Schema.Field named = writer.getField(field.name());
    Schema.Field own = reader.getField(field.name());
    if (named != null || own == null) {
      return named;
    }
    for (String alias : own.aliases()) {
      Schema.Field aliased = writer.getField(alias);
      if (aliased != null && reader.getField(alias) == null) {
        return aliased;
      }
    }
    return null;
  }

  /**
   * What reads the field, or what stands for its default where it was not written. Null if it has
   * neither. A default is no event's time, and no event's id: all of them would be one.
   *
   * @throws IllegalArgumentException if it was written with another type
   */
  @Nullable AvroValueReader reader(Field field) {
    Schema.Field written = written(field);
    if (written != null) {
      return AvroValueReaders.of(written.schema(), field.type());
    }
    Schema.Field own = reader.getField(field.name());
    return own == null || !own.hasDefaultValue() || FileFields.isIdentity(source, field)
        ? null
        : AvroValueReaders.of(own.schema(), field.type());
  }

  /** The default that the source's schema gives to the field. */
  @Nullable Object defaultValue(Field field) {
    Schema.Field own = reader.getField(field.name());
    AvroInput input = new AvroInput();
    input.reset(encoded(own.schema(), GenericData.get().getDefaultValue(own)));
    try {
      return AvroValueReaders.of(own.schema(), field.type()).read(input, new Violations());
    } catch (RejectedException e) {
      throw new IllegalArgumentException(
          "the default of field '%s': %s".formatted(field.name(), e.getMessage()), e);
    }
  }

  private static byte[] encoded(Schema schema, @Nullable Object value) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<@Nullable Object>(schema).write(value, encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
