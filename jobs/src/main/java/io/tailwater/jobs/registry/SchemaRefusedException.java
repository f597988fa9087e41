// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.registry;

import static java.util.Objects.requireNonNull;

/**
 * A registry has answered, and there is no schema to read events with. Without a stack trace: ids
 * come with events, and hostile ones must not cost more than good ones.
 */
public final class SchemaRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean unknown;

  private SchemaRefusedException(boolean unknown, String message) {
    super(requireNonNull(message), null, false, false);
    this.unknown = unknown;
  }

  /** The registry does not know the schema now; it may learn of it. */
  static SchemaRefusedException unknown(String message) {
    return new SchemaRefusedException(true, message);
  }

  /** The registry knows the schema, and it is none of Avro's. */
  static SchemaRefusedException unusable(String message) {
    return new SchemaRefusedException(false, message);
  }

  /** Whether the registry does not know the schema; else it has one that will never do. */
  public boolean isUnknown() {
    return unknown;
  }

  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }
}
