// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;

/**
 * A value of a sample.
 *
 * @param text as it stands there
 * @param kind what it can be
 */
public record SampleValue(String text, Kind kind) {
  /** What a value can be by the way it is written. */
  public enum Kind {
    /** Anything: a cell of a CSV file. */
    CELL,
    /** A string of JSON, which is no number, whatever is in it. */
    STRING,
    NUMBER,
    BOOL,
    /** An array or an object. */
    NESTED
  }

  public SampleValue {
    requireNonNull(text, "text is null");
    requireNonNull(kind, "kind is null");
  }

  /** Whether it is an instant in ISO-8601, as events of files may have it. */
  public boolean isInstant() {
    return (kind == Kind.CELL || kind == Kind.STRING) && IsoInstants.parse(text.strip()) != null;
  }
}
