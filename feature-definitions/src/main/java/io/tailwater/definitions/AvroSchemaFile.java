// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Reads a file with an Avro record schema. */
final class AvroSchemaFile {
  private AvroSchemaFile() {}

  /**
   * The schema; empty, with a problem added at the reference, if there is none.
   *
   * @param file its name, as seen from the folder
   */
  static Optional<Schema> read(YamlValue reference, String file, ProjectTexts texts) {
    try {
      Schema schema = new Schema.Parser().parse(texts.read(file));
      if (schema.getType() == Schema.Type.RECORD) {
        return Optional.of(schema);
      }
      reference.problem(
          "'%s', an Avro %s".formatted(file, schema.getType().getName()), "an Avro record schema");
    } catch (NoSuchFileException | InvalidPathException e) {
      reference.problem(
          "'%s', which does not exist".formatted(file), "an Avro schema beside this file");
    } catch (IOException e) {
      reference.problem("'%s', which cannot be read (%s)".formatted(file, e.getMessage()), "");
    } catch (AvroRuntimeException | StackOverflowError e) {
      reference.problem(
          "'%s', which is no Avro schema: %s".formatted(file, firstLine(e)),
          "an Avro record schema");
    }
    return Optional.empty();
  }

  private static String firstLine(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.lines().findFirst().orElse("");
  }
}
