// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the sources that a view is computed from.
 *
 * @param source the events
 * @param keyFields for each join key of the view's entity, in order, the field or column of the
 *     source's {@linkplain EventSource#row() row} that holds it
 * @param where the events that count, a BOOL expression over the row; null for all
 */
public record ViewInput(EventSource source, List<String> keyFields, @Nullable Expression where)
    implements Serializable {
  public ViewInput {
    requireNonNull(source, "source is null");
    keyFields = List.copyOf(keyFields);
  }
}
