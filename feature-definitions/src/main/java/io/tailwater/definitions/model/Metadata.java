// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a definition says to people and their tools; no value depends on it.
 *
 * @param description may be empty
 * @param tags labels; may be empty
 * @param owner who answers for it; null if nobody is named
 */
public record Metadata(String description, Map<String, String> tags, @Nullable String owner)
    implements Serializable {
  /** Nothing is said. */
  public static final Metadata NONE = describing("");

  public Metadata {
    requireNonNull(description, "description is null");
    tags = Map.copyOf(tags);
  }

  /** A description without tags and owner. */
  public static Metadata describing(String description) {
    return new Metadata(description, Map.of(), null);
  }
}
