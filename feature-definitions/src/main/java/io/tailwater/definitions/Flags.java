// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

/** Reads switches. */
final class Flags {
  private Flags() {}

  /** The flag, or the default if it is not there or, with a problem added, is none. */
  static boolean read(YamlMapping mapping, String key, boolean otherwise) {
    return mapping.get(key).map(value -> read(value, otherwise)).orElse(otherwise);
  }

  private static boolean read(YamlValue value, boolean otherwise) {
    String text = value.text().orElse("");
    if (value.isQuoted() || !(text.equals("true") || text.equals("false"))) {
      value.problem(value.describe(), "true or false");
      return otherwise;
    }
    return text.equals("true");
  }
}
