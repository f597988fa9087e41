// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.deadletters;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.jobs.source.EventClock;
import io.tailwater.stores.DeadLetter;
import io.tailwater.stores.DeadLetter.Code;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Decides which letters of one topic are replayed: each record once. Not thread-safe. */
final class ReplayDecision {
  private final ReplayOptions options;
  private final Map<String, EventSource> sources;
  private final ReplayLog log;
  private final EventClock clock;
  private final Set<String> taken = new HashSet<>();

  /**
   * @param sources by name, those that are read from Kafka
   */
  ReplayDecision(
      ReplayOptions options, Map<String, EventSource> sources, ReplayLog log, EventClock clock) {
    this.options = options;
    this.sources = sources;
    this.log = log;
    this.clock = clock;
  }

  ReplayVerdict of(DeadLetter letter) {
    EventSource source = sources.get(letter.source());
    if (source == null) {
      return ReplayVerdict.OTHER_SOURCE;
    }
    if (letter.value() == null) {
      return ReplayVerdict.NO_BYTES;
    }
    if (log.isReplayed(letter.position()) || taken.contains(letter.position())) {
      return ReplayVerdict.ALREADY_REPLAYED;
    }
    if (next(letter).count() > options.maxReplays()) {
      return ReplayVerdict.EXHAUSTED;
    }
    if (isNotAskedFor(letter, Code.TOO_LATE)) {
      return ReplayVerdict.TOO_LATE;
    }
    if (isNotAskedFor(letter, Code.CONFLICTING_DUPLICATE)) {
      return ReplayVerdict.CONFLICTING;
    }
    if (isStillFuture(letter, source)) {
      return ReplayVerdict.STILL_FUTURE;
    }
    taken.add(letter.position());
    return ReplayVerdict.REPLAYED;
  }

  /** What the letter's record is once it has been replayed. */
  ReplayedRecord next(DeadLetter letter) {
    ReplayedRecord arrival = log.arrival(letter.position());
    return arrival == null
        ? new ReplayedRecord(letter.position(), 1)
        : new ReplayedRecord(arrival.origin(), arrival.count() + 1);
  }

  private boolean isNotAskedFor(DeadLetter letter, Code code) {
    return letter.code().equals(code.name()) && !options.filter().codes().contains(code.name());
  }

  private boolean isStillFuture(DeadLetter letter, EventSource source) {
    Long time = letter.eventTime();
    return letter.code().equals(Code.FUTURE.name())
        && time != null
        && time > clock.millis() + source.watermark().maxAheadMillis();
  }
}
