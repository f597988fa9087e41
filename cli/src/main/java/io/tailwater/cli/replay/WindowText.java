// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.replay;

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
  private final int inside;
  private final int outside;

  /**
   * @param inside how many events to show of those in a window
   * @param outside how many of those that have left it, and of those that will enter
   */
  public WindowText(Project project, int inside, int outside) {
    this.project = project;
    this.inside = inside;
    this.outside = outside;
  }

  /**
   * A line for the window and one for each event: those that are in it, with when they leave, and
   * those next to it that the aggregate takes at other instants, with when they do.
   */
  public List<String> lines(FeatureWindow window) {
    List<WindowEvent> in = window.inside();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s = %s over %s: %s"
            .formatted(
                window.feature().name(),
                sql(window.feature()),
                bounds(window),
                in.isEmpty() ? "no event" : counted(in.size())));
    in.stream().limit(inside).forEach(event -> lines.add(line(event)));
    addMore(in.size() - inside, "", lines);
    List<WindowEvent> near = near(window);
    near.forEach(event -> lines.add(line(event, "not in it: " + why(event, window))));
    addMore(window.outside().size() - near.size(), " not in it", lines);
    return lines;
  }

  /** The last events that have left, and the first that will enter. */
  private List<WindowEvent> near(FeatureWindow window) {
    List<WindowEvent> left =
        window.outside().stream().filter(event -> event.enters() <= window.instant()).toList();
    List<WindowEvent> near =
        new ArrayList<>(left.subList(Math.max(0, left.size() - outside), left.size()));
    window.outside().stream()
        .filter(event -> event.enters() > window.instant())
        .limit(outside)
        .forEach(near::add);
    return near;
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

  private static void addMore(int count, String where, List<String> lines) {
    if (count > 0) {
      lines.add("  … and %d more%s".formatted(count, where));
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
    StringBuilder text = new StringBuilder(aggregate.sql());
    if (by != null) {
      text.append(" by ").append(by.sql());
    }
    if (where != null) {
      text.append(" where ").append(where.sql());
    }
    return text.toString();
  }
}
