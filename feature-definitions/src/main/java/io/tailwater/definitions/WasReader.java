// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import java.util.Optional;

/** Reads a feature's {@code was}: the name that it had before. */
final class WasReader {
  private WasReader() {}

  /**
   * The former name; empty if there is none or, with problems added, it is bad. Of {@code windows}
   * it is, like {@code name}, what stands before the suffixes.
   */
  static Optional<String> read(YamlMapping feature) {
    Optional<YamlValue> value = feature.get("was");
    Optional<String> was = value.flatMap(Names::read);
    if (was.isPresent() && was.equals(feature.get("name").flatMap(YamlValue::text))) {
      value
          .get()
          .problem(
              "the name that the feature has",
              "the one that it had before, or no 'was' if it has not been renamed");
      return Optional.empty();
    }
    return was;
  }
}
