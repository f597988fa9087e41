// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.explain;

import io.tailwater.cli.replay.Values;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.definitions.replay.FeatureWindow;
import io.tailwater.definitions.replay.ProjectReplay;
import io.tailwater.definitions.replay.Question;
import io.tailwater.definitions.replay.Replay;
import io.tailwater.definitions.replay.ReplayEvent;
import io.tailwater.definitions.replay.StoredRow;
import io.tailwater.definitions.replay.WindowEvent;
import io.tailwater.stores.OnlineVector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Explains values by events that were read once. Not thread-safe. */
final class Explainer {
  private final ProjectReplay project;
  private final Map<String, Set<String>> refused;
  private final Replay counted;
  private final Replay all;

  /**
   * Explains by these events.
   *
   * @param refused by view, the positions of those that the stream has refused
   * @param until the last instant that can be asked for or that Redis has a value of
   */
  Explainer(
      ProjectReplay project,
      List<ReplayEvent> events,
      Map<String, Set<String>> refused,
      long until) {
    this.project = project;
    this.refused = refused;
    this.counted = project.replay(events, this::isRefused, until);
    this.all = project.replay(events, until);
  }

  Explanation explain(Question question, TableContents table, OnlineContents online) {
    return new Explanation(
        question,
        counted.value(question),
        counted.windows(question),
        refusedIn(question),
        table(question, table),
        online(question, online));
  }

  private StoreAnswer table(Question question, TableContents table) {
    if (table.problem() != null) {
      return StoreAnswer.notRead(table.problem());
    }
    List<StoredView> views = project.views(question.feature());
    Function<StoredView, Optional<StoredRow>> rows = view -> table.rowAt(view, question.instant());
    boolean complete = views.stream().allMatch(view -> table.hasComeTo(view, question.instant()));
    String note =
        views.stream()
            .map(view -> note(view, rows.apply(view), table))
            .collect(Collectors.joining("; "));
    return compare(question, project.read(question, rows), complete, note);
  }

  private static String note(StoredView view, Optional<StoredRow> row, TableContents table) {
    Long watermark = table.watermarks().get(view.name());
    return "%s, %s"
        .formatted(
            row.map(found -> "row of " + Values.instant(found.instant())).orElse("no row"),
            watermark == null
                ? "of a table that has not said how far it has come"
                : "of a table that has come to " + Values.instant(watermark));
  }

  private StoreAnswer online(Question question, OnlineContents online) {
    if (online.problem() != null) {
      return StoreAnswer.notRead(online.problem());
    }
    List<StoredView> views = project.views(question.feature());
    String note =
        views.stream()
            .map(view -> note(online.vector(view)))
            .distinct()
            .collect(Collectors.joining("; "));
    Long at = instantOf(question, views, online);
    if (at == null) {
      return new StoreAnswer(Verdict.NOT_COMPARABLE, null, null, null, note);
    }
    boolean complete = views.stream().allMatch(view -> online.hasComeTo(view, at));
    Question then = question.at(at);
    return compare(then, project.read(then, online::row), complete, note);
  }

  private static String note(Optional<OnlineVector> vector) {
    return vector
        .map(
            found ->
                "as of %s, %s"
                    .formatted(
                        Values.instant(found.eventTimestamp()),
                        found.validUntil() == OnlineVector.FOREVER
                            ? "valid for ever"
                            : "valid until " + Values.instant(found.validUntil())))
        .orElse("no vector");
  }

  /**
   * The instant that Redis can be asked about: the question's, if all vectors hold then; else that
   * of a vector alone.
   */
  private static @Nullable Long instantOf(
      Question question, List<StoredView> views, OnlineContents online) {
    boolean holds =
        views.stream()
            .map(online::vector)
            .allMatch(vector -> vector.isEmpty() || isValid(vector.get(), question.instant()));
    if (holds) {
      return question.instant();
    }
    return views.size() == 1 ? (Long) online.newest() : null;
  }

  private static boolean isValid(OnlineVector vector, long instant) {
    return vector.eventTimestamp() <= instant && instant < vector.validUntil();
  }

  private StoreAnswer compare(
      Question question, @Nullable Object value, boolean complete, String note) {
    Object recomputed = counted.value(question);
    Verdict verdict;
    if (Values.same(value, recomputed)) {
      verdict = Verdict.AGREES;
    } else if (!refused.isEmpty() && Values.same(value, all.value(question))) {
      verdict = Verdict.AGREES_WITH_REFUSED;
    } else {
      verdict = complete ? Verdict.DIFFERS : Verdict.BEHIND;
    }
    return new StoreAnswer(verdict, value, question.instant(), recomputed, note);
  }

  private List<WindowEvent> refusedIn(Question question) {
    if (refused.isEmpty()) {
      return List.of();
    }
    // Several windows may have the same event.
    Map<String, WindowEvent> events = new LinkedHashMap<>();
    for (FeatureWindow window : all.windows(question)) {
      window.inside().stream()
          .filter(event -> isRefused(window.view(), event.event()))
          .forEach(event -> events.putIfAbsent(event.event().position(), event));
    }
    return List.copyOf(events.values());
  }

  private boolean isRefused(String view, ReplayEvent event) {
    return refused.getOrDefault(view, Set.of()).contains(event.position());
  }
}
