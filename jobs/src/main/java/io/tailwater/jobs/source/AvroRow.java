// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Field;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a source's fields are read off a record of the schema that it was written with:
 * Avro's schema resolution, compiled once. Not thread-safe.
 *
 * <p>Fields go by name, or by an alias that the source's schema gives them; what the source does
 * not have is passed over, and a field that was not written has its default, or is null.
 */
final class AvroRow {
  /** What stands for a field that the source does not have. */
  private static final int NONE = -1;

  private final List<Field> fields;
  private final List<Schema.Field> written;
  private final int[] targets;
  private final AvroValueReader[] readers;
  private final @Nullable Object[] unwritten;
  private final Violations violations = new Violations();

  private AvroRow(EventSource source, AvroResolution resolution) {
    this.fields = source.fields();
    this.written = resolution.writer().getFields();
    this.unwritten = new @Nullable Object[fields.size()];
    this.targets = new int[written.size()];
    this.readers = new AvroValueReader[written.size()];
    for (int i = 0; i < readers.length; i++) {
      Schema skipped = written.get(i).schema();
      targets[i] = NONE;
      readers[i] =
          (input, ignored) -> {
            AvroSkipper.skip(skipped, input);
            return null;
          };
    }
  }

  /**
   * Resolves a schema.
   *
   * @param writer the schema that records are written with
   * @throws IllegalArgumentException naming all fields of the source that are not in it, or of
   *     another type; or if it is none of records
   */
  static AvroRow of(EventSource source, Schema writer) {
    if (writer.getType() != Schema.Type.RECORD) {
      throw new IllegalArgumentException(
          "found Avro type %s, expected records".formatted(writer.getType()));
    }
    AvroResolution resolution = new AvroResolution(source, writer);
    List<@Nullable AvroValueReader> readers =
        FileFields.match(
            source,
            writer.getFields().stream().map(Schema.Field::name).toList(),
            resolution::reader);
    AvroRow row = new AvroRow(source, resolution);
    for (int i = 0; i < readers.size(); i++) {
      AvroValueReader reader = readers.get(i);
      Schema.Field from = resolution.written(row.fields.get(i));
      if (from != null && reader != null) {
        row.targets[from.pos()] = i;
        row.readers[from.pos()] = reader;
      } else if (reader != null) {
        row.unwritten[i] = resolution.defaultValue(row.fields.get(i));
      }
    }
    return row;
  }

  /**
   * Reads a record and moves the input behind it.
   *
   * @return a fresh array, one value a field of the source
   * @throws RejectedException if the bytes are none of the schema, or break the source's
   */
  @Nullable Object[] read(AvroInput input) throws RejectedException {
    @Nullable Object[] row = decode(input);
    violations.throwFirst();
    return row;
  }

  /** Reads a record that nothing may stand behind. */
  @Nullable Object[] readLast(AvroInput input) throws RejectedException {
    @Nullable Object[] row = decode(input);
    if (input.remaining() > 0) {
      throw RejectedException.undecodable(
          "found %d bytes behind the record, expected its end".formatted(input.remaining()));
    }
    violations.throwFirst();
    return row;
  }

  private @Nullable Object[] decode(AvroInput input) throws RejectedException {
    violations.reset();
    @Nullable Object[] row = unwritten.clone();
    for (int i = 0; i < readers.length; i++) {
      violations.enter(written.get(i).name());
      Object value = readField(i, input);
      int target = targets[i];
      if (target != NONE) {
        row[target] = value;
        if (value == null && !fields.get(target).nullable()) {
          violations.add("null", "a required " + fields.get(target).type());
        }
      }
    }
    return row;
  }

  private @Nullable Object readField(int i, AvroInput input) throws RejectedException {
    try {
      return readers[i].read(input, violations);
    } catch (RejectedException e) {
      throw e.in(written.get(i).name());
    }
  }
}
