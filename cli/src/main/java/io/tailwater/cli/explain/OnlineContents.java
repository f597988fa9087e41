// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.explain;

import io.tailwater.definitions.model.StoredView;
import io.tailwater.definitions.replay.StoredRow;
import io.tailwater.stores.OnlineVector;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Redis has of an entity.
 *
 * @param vectors by view; missing where there is none
 * @param watermarks by view, how far its job has come, in milliseconds; missing if it has not said
 * @param problem why it was not read; null if it was
 */
record OnlineContents(
    Map<String, OnlineVector> vectors, Map<String, Long> watermarks, @Nullable String problem) {
  static OnlineContents unread(String problem) {
    return new OnlineContents(Map.of(), Map.of(), problem);
  }

  Optional<OnlineVector> vector(StoredView view) {
    return Optional.ofNullable(vectors.get(view.name()));
  }

  Optional<StoredRow> row(StoredView view) {
    return vector(view).map(vector -> new StoredRow(vector.eventTimestamp(), vector.values()));
  }

  /** The newest as-of of them all; {@link Long#MIN_VALUE} if there is none. */
  long newest() {
    return vectors.values().stream()
        .mapToLong(OnlineVector::eventTimestamp)
        .max()
        .orElse(Long.MIN_VALUE);
  }

  /** Whether the view's job has come to an instant. */
  boolean hasComeTo(StoredView view, long instant) {
    Long watermark = watermarks.get(view.name());
    return watermark == null || watermark >= instant;
  }
}
