// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.cases;

import io.tailwater.cli.replay.Values;
import io.tailwater.definitions.cases.CaseEvent;
import io.tailwater.definitions.cases.Expectation;
import io.tailwater.definitions.cases.ExpectedValue;
import io.tailwater.definitions.cases.FeatureCase;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.replay.ProjectReplay;
import io.tailwater.definitions.replay.Question;
import io.tailwater.definitions.replay.Replay;
import io.tailwater.definitions.replay.ReplayEvent;
import io.tailwater.jobs.source.RowEvents;
import io.tailwater.jobs.source.SourceEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs cases by what the stream runs, without a stream. Not thread-safe. */
final class CaseRunner {
  private final ProjectReplay replay;
  private final Map<EventSource, RowEvents> sources = new HashMap<>();

  CaseRunner(Project project) {
    this.replay = new ProjectReplay(project);
  }

  CaseResult run(FeatureCase test) {
    List<ReplayEvent> events = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (CaseEvent event : test.events()) {
      decode(event, events, refused);
    }
    if (!refused.isEmpty()) {
      return new CaseResult(test, refused, List.of());
    }
    long until =
        test.expectations().stream().mapToLong(Expectation::instant).max().orElse(Long.MIN_VALUE);
    return new CaseResult(test, refused, compare(test, replay.replay(events, until)));
  }

  private void decode(CaseEvent event, List<ReplayEvent> events, List<String> refused) {
    // Where events have no ids, no two of them stand in one place.
    String position = event.place() + "#" + events.size();
    SourceEvent decoded =
        sources.computeIfAbsent(event.source(), RowEvents::new).event(position, event.row());
    @Nullable Object[] row = decoded.row();
    byte[] id = decoded.eventId();
    String source = event.source().name();
    if (row == null || id == null) {
      refused.add("%s: event of '%s': %s".formatted(event.place(), source, decoded.errorMessage()));
    } else {
      events.add(new ReplayEvent(source, row, decoded.eventTime(), id, event.place().toString()));
    }
  }

  private static List<CaseFailure> compare(FeatureCase test, Replay events) {
    List<CaseFailure> failures = new ArrayList<>();
    for (Expectation expectation : test.expectations()) {
      for (ExpectedValue expected : expectation.values()) {
        Question question =
            new Question(
                expected.feature(),
                expectation.keys(),
                expectation.instant(),
                expectation.before(),
                expectation.request());
        Object found = events.value(question);
        if (!Values.same(found, expected.value())) {
          failures.add(new CaseFailure(expectation, expected, found, events.windows(question)));
        }
      }
    }
    return failures;
  }
}
