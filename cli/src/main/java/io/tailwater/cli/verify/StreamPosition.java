// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.verify;

import io.tailwater.definitions.replay.ReplayEvent;
import io.tailwater.jobs.source.KafkaPosition;
import io.tailwater.jobs.source.Refusals;
import java.util.Map;

/**
 * How far a stream has come for sure.
 *
 * @param processed by source, of each partition the offset behind the last record that it has done
 *     with; a source of which it has committed nothing, or that is read from files, is missing
 * @param refusals what it has refused; read after {@code processed}
 */
record StreamPosition(Map<String, Map<Integer, Long>> processed, Refusals refusals) {
  /** Whether the stream has done with the event. */
  boolean isBehind(ReplayEvent event) {
    Map<Integer, Long> offsets = processed.get(event.source());
    if (offsets == null) {
      return true;
    }
    KafkaPosition position = KafkaPosition.of(event.position());
    return position.offset() < offsets.getOrDefault(position.partition(), 0L);
  }
}
