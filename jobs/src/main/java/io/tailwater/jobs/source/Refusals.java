// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.sinks.deadletter.DeadLetterHeaders;
import io.tailwater.stores.DeadLetter;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The positions of the events that a stream has refused, whatever the cause, by its dead letters.
 * With other definitions some of them might be good events now. Not thread-safe.
 */
public final class Refusals {
  private final Map<String, Set<String>> byView = new HashMap<>();
  private final Set<String> byAll = new HashSet<>();

  /**
   * Adds those of a source.
   *
   * @param topic of its dead letters; if there is none, nothing was refused
   * @throws IOException if Kafka fails
   */
  public void read(EventSource source, KafkaLocation kafka, String topic) throws IOException {
    TopicScan.forEach(
        source,
        kafka,
        topic,
        stored ->
            DeadLetterHeaders.letter(stored)
                .filter(letter -> letter.source().equals(source.name()))
                .ifPresent(this::add));
  }

  private void add(DeadLetter letter) {
    // Of two contents of one event one counts: which, their bytes tell.
    if (letter.code().equals(DeadLetter.Code.CONFLICTING_DUPLICATE.name())) {
      return;
    }
    String view = letter.view();
    (view == null ? byAll : byView.computeIfAbsent(view, added -> new HashSet<>()))
        .add(letter.position());
  }

  /** Whether the view has refused the event at that position. */
  public boolean contains(String view, String position) {
    return byAll.contains(position) || byView.getOrDefault(view, Set.of()).contains(position);
  }
}
