// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.EventTime;
import io.tailwater.definitions.model.KafkaTopic;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the events of a source are the ones that the state has, by the ids that it knows. */
final class SourceComparison {
  private static final String ANEW = "begin with history (--history), without the savepoint";

  private final EventSource before;
  private final EventSource after;
  private final List<Refusal> refusals = new ArrayList<>();

  private SourceComparison(EventSource before, EventSource after) {
    this.before = before;
    this.after = after;
  }

  /** Why the stream cannot go on reading the source; empty if it can. */
  static List<Refusal> refusals(EventSource before, EventSource after) {
    SourceComparison comparison = new SourceComparison(before, after);
    comparison.compare();
    return comparison.refusals;
  }

  private void compare() {
    requireSame(
        "event_id",
        ids(before),
        ids(after),
        "events would not be known again by their ids: " + ANEW);
    requireSame(
        "event_time",
        time(before),
        time(after),
        "events would be at other times than the state has them: " + ANEW);
    requireSame(
        "topic", topic(before), topic(after), "its offsets are of the other topic: " + ANEW);
  }

  private void requireSame(String what, @Nullable String was, @Nullable String is, String advice) {
    if (was != null && is != null && !was.equals(is)) {
      refusals.add(
          new Refusal(after.name(), new Difference(what, was, is).toString(), advice, true));
    }
  }

  private static String ids(EventSource source) {
    return String.join(", ", source.eventId());
  }

  private static String time(EventSource source) {
    EventTime time = source.eventTime();
    return time.field()
        + (time.format() == null ? "" : " as '%s'".formatted(time.format()))
        + (time.zone().equals("UTC") ? "" : " in " + time.zone());
  }

  private static @Nullable String topic(EventSource source) {
    KafkaTopic kafka = source.kafka();
    return kafka == null ? null : kafka.topic();
  }
}
