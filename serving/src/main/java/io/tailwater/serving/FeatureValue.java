// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A feature of an entity.
 *
 * @param value of the type's Java class; null unless the status is {@code PRESENT}
 * @param status what the value, or that there is none, means
 * @param eventTimestamp as of when it holds, in milliseconds since the epoch: of a feature on
 *     demand as of when the oldest of what it is computed of does; null if nothing was found
 */
public record FeatureValue(
    @Nullable Object value, FeatureStatus status, @Nullable Long eventTimestamp) {
  public FeatureValue {
    requireNonNull(status, "status is null");
  }
}
