// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.stores.DeadLetter;
import org.jspecify.annotations.Nullable;

/**
 * The first breach of the schema in a record. Decoders note it and read on, because a record that
 * does not decode to its end is UNDECODABLE whatever else is wrong with it. Not thread-safe; one a
 * decoder, reset for each record.
 */
final class Violations {
  private static final int LONGEST_QUOTE = 60;

  private String field = "";
  private @Nullable String first;

  void reset() {
    first = null;
  }

  /** Names the field that the next violations are in. */
  void enter(String fieldName) {
    field = fieldName;
  }

  void add(String found, Object expected) {
    if (first == null) {
      first = "field '%s': found %s, expected %s".formatted(field, abbreviated(found), expected);
    }
  }

  void throwFirst() throws RejectedException {
    String message = first;
    if (message != null) {
      throw new RejectedException(DeadLetter.Code.SCHEMA_VIOLATION, message);
    }
  }

  /** A text as messages show it: quoted, and cut where it is long. */
  static String quoted(String text) {
    return "'" + abbreviated(text) + "'";
  }

  private static String abbreviated(String text) {
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
  }
}
