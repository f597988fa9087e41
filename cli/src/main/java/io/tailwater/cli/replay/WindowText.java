// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.replay;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.definitions.model.Aggregate;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.replay.FeatureWindow;
import io.tailwater.definitions.replay.ReplayEvent;
import io.tailwater.definitions.replay.WindowEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A window and its events, for people and programs. */
public final class WindowText {
  private final Project project;
  private final int most;

  /**
   * @param most how many events to show of those inside, and of those outside
   */
  public WindowText(Project project, int most) {
    this.project = project;
    this.most = most;
  }

  /**
   * A line for the window and one for each event: those that are in it, with when they leave, and
   * those that the aggregate takes at other instants, with when they do.
   */
  public List<String> lines(FeatureWindow window) {
    List<WindowEvent> inside = window.inside();
    List<WindowEvent> outside = window.outside();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s = %s over %s: %s"
            .formatted(
                window.feature().name(),
                sql(window.feature()),
                bounds(window),
                inside.isEmpty() ? "no event" : counted(inside.size())));
    inside.stream().limit(most).forEach(event -> lines.add(line(event, leaves(event))));
    addMore(inside.size(), lines);
    outside.stream()
        .limit(most)
        .forEach(event -> lines.add(line(event, "not in it: " + why(event, window))));
    addMore(outside.size(), lines);
    return lines;
  }

  /** One event on a line, with when it leaves. */
  public String line(WindowEvent event) {
    return line(event, leaves(event));
  }

  /** The same for programs, with all events inside. */
  public Map<String, @Nullable Object> json(FeatureWindow window) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("feature", window.view() + ":" + window.feature().name());
    json.put("aggregate", sql(window.feature()));
    json.put(
        "from", window.lowerEnd() == Long.MIN_VALUE ? null : Values.instant(window.lowerEnd()));
    json.put("to", Values.instant(window.upperEnd()));
    json.put("events", window.inside().stream().map(this::json).toList());
    return json;
  }

  private Map<String, @Nullable Object> json(WindowEvent event) {
    Map<String, @Nullable Object> json = json(event.event());
    json.put("leaves", event.leaves() == Long.MAX_VALUE ? null : Values.instant(event.leaves()));
    return json;
  }

  /** One event for programs. */
  public Map<String, @Nullable Object> json(ReplayEvent event) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("position", event.position());
    json.put("source", event.source());
    json.put("event_time", Values.instant(event.time()));
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    List<Field> known = source(event).fields();
    for (int i = 0; i < known.size(); i++) {
      fields.put(known.get(i).name(), Values.json(event.row()[i], known.get(i).type()));
    }
    json.put("fields", fields);
    return json;
  }

  private String line(WindowEvent event, String when) {
    return "  %s  %s  %s  %s"
        .formatted(
            event.event().position(),
            Values.instant(event.event().time()),
            when,
            row(event.event()));
  }

  private static String leaves(WindowEvent event) {
    return event.leaves() == Long.MAX_VALUE
        ? "never leaves"
        : "leaves " + Values.instant(event.leaves());
  }

  private static String why(WindowEvent event, FeatureWindow window) {
    return event.enters() > window.instant()
        ? "enters " + Values.instant(event.enters())
        : "left " + Values.instant(event.leaves());
  }

  private String row(ReplayEvent event) {
    EventSource source = source(event);
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < event.row().length; i++) {
      Field field = source.fields().get(i);
      boolean time = field.name().equals(source.eventTime().field());
      if (!time && event.row()[i] != null) {
        parts.add(field.name() + ": " + Values.text(event.row()[i], field.type()));
      }
    }
    return event.source() + parts.stream().collect(Collectors.joining(", ", " {", "}"));
  }

  private EventSource source(ReplayEvent event) {
    return project.source(event.source()).orElseThrow();
  }

  private void addMore(int count, List<String> lines) {
    if (count > most) {
      lines.add("  … and %d more".formatted(count - most));
    }
  }

  private static String counted(int events) {
    return events == 1 ? "1 event" : events + " events";
  }

  private static String bounds(FeatureWindow window) {
    String from =
        window.lowerEnd() == Long.MIN_VALUE ? "(ever" : "[" + Values.instant(window.lowerEnd());
    return "%s, %s]".formatted(from, Values.instant(window.upperEnd()));
  }

  /** The aggregate as the definition says it. */
  private static String sql(AggregateFeature feature) {
    Aggregate aggregate = feature.aggregate();
    Expression by = aggregate.by();
    Expression where = feature.where();
    StringBuilder text = new StringBuilder(call(aggregate));
    if (by != null) {
      text.append(" by ").append(by.sql());
    }
    if (where != null) {
      text.append(" where ").append(where.sql());
    }
    return text.toString();
  }

  private static String call(Aggregate aggregate) {
    Expression input = aggregate.input();
    if (input == null) {
      return "count(*)";
    }
    if (aggregate.function() == AggregateFunction.COUNT_DISTINCT) {
      return "count(distinct %s)".formatted(input.sql());
    }
    String parameter = aggregate.parameter() == null ? "" : ", " + aggregate.parameter();
    return "%s(%s%s)".formatted(aggregate.function().sqlName(), input.sql(), parameter);
  }
}
