// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.output;

/** Cells of CSV, after RFC 4180. */
final class CsvText {
  private CsvText() {}

  /** Appends a cell, in quotes where it needs them; an empty text, so that it is not null. */
  static void append(StringBuilder line, String text) {
    if (text.isEmpty() || needsQuotes(text)) {
      line.append('"').append(text.replace("\"", "\"\"")).append('"');
    } else {
      line.append(text);
    }
  }

  private static boolean needsQuotes(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' || c == '"' || c == '\n' || c == '\r') {
        return true;
      }
    }
    return false;
  }
}
