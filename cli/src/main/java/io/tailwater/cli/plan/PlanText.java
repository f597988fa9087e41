// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.plan;

import io.tailwater.definitions.Durations;
import io.tailwater.definitions.evolution.Difference;
import io.tailwater.definitions.evolution.FeatureChange;
import io.tailwater.definitions.evolution.Need;
import io.tailwater.definitions.evolution.ProjectChange;
import io.tailwater.definitions.evolution.Readiness;
import io.tailwater.definitions.evolution.Refusal;
import io.tailwater.definitions.evolution.ViewChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A change for people. */
public final class PlanText {
  private final ProjectChange change;

  private PlanText(ProjectChange change) {
    this.change = change;
  }

  /** All of it, line by line. */
  public static List<String> lines(ProjectChange change) {
    return new PlanText(change).lines();
  }

  /** What becomes of views and features, without what to do then. */
  public static List<String> changes(ProjectChange change) {
    return new PlanText(change).changes();
  }

  /** What to do when the change has been deployed. */
  public static List<String> nextSteps(ProjectChange change) {
    return new PlanText(change).nextSteps();
  }

  /** The command that applies it. */
  public static String applyCommand(List<String> accepted) {
    return accepted.stream()
        .map(subject -> " --accept '%s'".formatted(subject))
        .collect(Collectors.joining("", "tailwater apply", ""));
  }

  private List<String> lines() {
    List<String> lines = changes();
    lines.add("");
    lines.addAll(nextSteps());
    return lines;
  }

  private List<String> changes() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Project %s: %s".formatted(change.project(), change.isEmpty() ? "no change" : counts()));
    for (ViewChange view : change.views()) {
      if (view.kind() != ViewChange.Kind.UNCHANGED) {
        lines.add("");
        addView(view, lines);
      }
    }
    return lines;
  }

  private List<String> nextSteps() {
    List<String> lines = new ArrayList<>();
    List<Refusal> refusals = change.allRefusals();
    if (refusals.isEmpty()) {
      lines.add("A stream can go on from its savepoint: tailwater stream --from-savepoint PATH");
      lines.addAll(followUps());
    } else {
      lines.add("Refused: a stream cannot go on from its savepoint.");
      refusals.forEach(refusal -> lines.addAll(refusal(refusal)));
    }
    return lines;
  }

  private String counts() {
    long changed =
        change.views().stream().filter(view -> view.kind() != ViewChange.Kind.UNCHANGED).count();
    return "%d of %d views with changes".formatted(changed, change.views().size());
  }

  private static void addView(ViewChange view, List<String> lines) {
    lines.add("%s: %s".formatted(view.name(), lower(view.kind())));
    if (view.kind() == ViewChange.Kind.DROPPED) {
      lines.add("  its table and its vectors stay where they are, and get no new ones");
      return;
    }
    view.differences().forEach(difference -> lines.add("  " + difference));
    List<String> unchanged = new ArrayList<>();
    for (FeatureChange feature : view.features()) {
      if (feature.kind() == FeatureChange.Kind.UNCHANGED) {
        unchanged.add(feature.name());
      } else {
        addFeature(feature, lines);
      }
    }
    if (!unchanged.isEmpty()) {
      lines.add("  unchanged  " + String.join(", ", unchanged));
    }
  }

  private static void addFeature(FeatureChange feature, List<String> lines) {
    lines.add(
        "  %-9s  %s%s%s"
            .formatted(
                lower(feature.kind()),
                feature.name(),
                feature.was() == null ? "" : ", was " + feature.was(),
                feature.differences().isEmpty() ? "" : ": " + differences(feature)));
    if (!feature.isSame() && feature.kind() != FeatureChange.Kind.DROPPED) {
      lines.add("             values: " + readiness(feature));
    }
    String column = column(feature);
    if (!column.isEmpty()) {
      lines.add("             table:  " + column);
    }
    lines.add("             needs:  " + needs(feature));
  }

  private static String differences(FeatureChange feature) {
    return feature.differences().stream()
        .map(Difference::toString)
        .collect(Collectors.joining(", "));
  }

  private static String readiness(FeatureChange feature) {
    Readiness readiness = feature.readiness();
    if (readiness.cause() == Readiness.Cause.QUERY) {
      return "with the next materialization";
    }
    if (readiness.isAtOnce()) {
      return feature.isStored() ? "exact at once" : "exact at once, computed when read";
    }
    return "%s: %s"
        .formatted(
            readiness.afterMillis() == Readiness.NEVER
                ? "never complete"
                : "complete when %s more of events have been seen"
                    .formatted(Durations.format(readiness.afterMillis())),
            cause(readiness));
  }

  private static String cause(Readiness readiness) {
    return switch (readiness.cause()) {
      case SAME, LOGGED, QUERY -> "the state has what it takes";
      case LONGER_THAN_LOGGED ->
          readiness.afterMillis() == Readiness.NEVER
              ? "the state does not have the events of a lifetime"
              : "the state has the events of a shorter time";
      case NEW_COLUMN -> "the state does not have what it is computed of";
      case OTHER_EVENTS -> "the view takes other events than before";
      case NEW_SOURCE -> "the view has not read the source before";
      case NEW_VIEW -> "the view is new";
    };
  }

  private static String column(FeatureChange feature) {
    return switch (feature.column()) {
      case NONE ->
          feature.kind() == FeatureChange.Kind.CHANGED && feature.isStored()
              ? "rows that are there have the values of before"
              : "";
      case ADD -> "new column, %s, null in rows that are there".formatted(feature.type());
      case RENAME -> "column renamed, with its values";
      case WIDEN ->
          "column widened to %s; rows that are there have the values of before"
              .formatted(feature.type());
      case LEAVE -> "column stays, null in new rows";
    };
  }

  private static String needs(FeatureChange feature) {
    return feature.needs().isEmpty()
        ? "nothing"
        : feature.needs().stream().map(PlanText::need).collect(Collectors.joining("; "));
  }

  private static String need(Need need) {
    return switch (need) {
      case HISTORY -> "history, to be complete at once";
      case BACKFILL -> "a backfill, for rows of before";
      case MATERIALIZE -> "tailwater materialize";
    };
  }

  /** What may be done then. */
  private List<String> followUps() {
    List<String> lines = new ArrayList<>();
    if (anyNeeds(change.views(), Need.HISTORY)) {
      lines.add(
          "or begin with history, for all to be complete: tailwater stream --history archive");
    }
    List<String> views = viewsThatNeed(Need.BACKFILL);
    if (!views.isEmpty()) {
      lines.add(
          "then, for rows of before: tailwater backfill "
              + views.stream().map("--view "::concat).collect(Collectors.joining(" ")));
    }
    if (!viewsThatNeed(Need.MATERIALIZE).isEmpty()) {
      lines.add("then: tailwater materialize START END");
    }
    return lines;
  }

  private static boolean anyNeeds(List<ViewChange> views, Need need) {
    return views.stream()
        .flatMap(view -> view.features().stream())
        .anyMatch(feature -> feature.needs().contains(need));
  }

  private List<String> viewsThatNeed(Need need) {
    return change.views().stream()
        .filter(view -> anyNeeds(List.of(view), need))
        .map(ViewChange::name)
        .toList();
  }

  private static List<String> refusal(Refusal refusal) {
    return List.of(
        "  %s: %s".formatted(refusal.subject(), refusal.found()), "    " + refusal.advice());
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
