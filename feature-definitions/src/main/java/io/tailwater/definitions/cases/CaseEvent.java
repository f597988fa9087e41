// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.cases;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.EventSource;
import org.jspecify.annotations.Nullable;

/**
 * An event of a case.
 *
 * @param source whose event it is
 * @param row the values of the source's fields, in order, of their types' Java classes; null only
 *     where the schema has it. Its time and its id are not checked yet
 * @param place where it is written
 */
public record CaseEvent(EventSource source, @Nullable Object[] row, Place place) {
  public CaseEvent {
    requireNonNull(source, "source is null");
    requireNonNull(row, "row is null");
    requireNonNull(place, "place is null");
  }
}
