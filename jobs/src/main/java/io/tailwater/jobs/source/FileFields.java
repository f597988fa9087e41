// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Matches a source's fields with those of a file, or of a writer, that knows its own schema, by
 * name. A field that it does not have is null in each record; if it must not be, the records are
 * not the source's.
 *
 * @param <R> what reads a field's value
 */
final class FileFields<R> {
  private final EventSource source;
  private final List<String> problems = new ArrayList<>();
  private final List<@Nullable R> readers = new ArrayList<>();

  FileFields(EventSource source) {
    this.source = source;
  }

  /** Makes the reader of a field of the file. */
  @FunctionalInterface
  interface Factory<R> {
    /**
     * The reader; null if the file has no field of that name.
     *
     * @throws IllegalArgumentException if its type is not the field's
     */
    @Nullable R reader(Field field);
  }

  /**
   * A reader for each field of the source, in order; null for those that the file does not have.
   *
   * @param found what the file has, for the message
   * @throws IllegalArgumentException naming all fields that are missing or of another type
   */
  static <R> List<@Nullable R> match(EventSource source, Object found, Factory<R> factory) {
    FileFields<R> fields = new FileFields<>(source);
    source.fields().forEach(field -> fields.add(field, factory));
    if (!fields.problems.isEmpty()) {
      throw new IllegalArgumentException(
          "%s; found %s".formatted(String.join(", ", fields.problems), found));
    }
    return fields.readers;
  }

  private void add(Field field, Factory<R> factory) {
    try {
      R reader = factory.reader(field);
      if (reader == null && isNeeded(source, field)) {
        problems.add("no field '%s' (%s)".formatted(field.name(), field.type()));
      }
      readers.add(reader);
    } catch (IllegalArgumentException e) {
      problems.add(
          "field '%s' is not %s: %s".formatted(field.name(), field.type(), e.getMessage()));
    }
  }

  /** Whether no event of the source is without the field. */
  static boolean isNeeded(EventSource source, Field field) {
    return !field.nullable() || isIdentity(source, field);
  }

  /** Whether it says which event it is. */
  static boolean isIdentity(EventSource source, Field field) {
    return field.name().equals(source.eventTime().field())
        || source.eventId().contains(field.name());
  }
}
