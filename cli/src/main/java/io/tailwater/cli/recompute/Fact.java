// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.recompute;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What a view takes from one applied event of an entity.
 *
 * @param eventTime milliseconds since the epoch
 * @param eventId unique among the events of this time and source
 * @param inputs one for each aggregate of the view, in its order: what it aggregates, or null; for
 *     {@code count(*)} anything but null
 */
public record Fact(long eventTime, String eventId, @Nullable Object[] inputs) {
  /** The order in which aggregates that have one see events. */
  static final Comparator<Fact> ORDER =
      Comparator.comparingLong(Fact::eventTime).thenComparing(Fact::eventId);
}
