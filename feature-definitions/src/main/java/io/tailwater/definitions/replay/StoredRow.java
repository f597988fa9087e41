// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.replay;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What is stored of an entity in a view.
 *
 * @param instant since when it holds, in milliseconds since the epoch
 * @param values of the view's stored features, in its order
 */
public record StoredRow(long instant, @Nullable Object[] values) {
  public StoredRow {
    requireNonNull(values, "values is null");
  }
}
