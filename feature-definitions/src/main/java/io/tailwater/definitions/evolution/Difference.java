// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Something that a definition says differently now.
 *
 * @param what for people: {@code window}, {@code where}, …
 * @param before what it said; null for nothing, or where it is too long to repeat
 * @param after what it says; null likewise
 */
public record Difference(String what, @Nullable String before, @Nullable String after) {
  /** {@code what} of a type that is another one. */
  static final String TYPE = "type";

  public Difference {
    requireNonNull(what, "what is null");
  }

  /** {@code window 7d → 30d}. */
  @Override
  public String toString() {
    return before == null && after == null
        ? what
        : "%s %s → %s"
            .formatted(what, before == null ? "none" : before, after == null ? "none" : after);
  }
}
