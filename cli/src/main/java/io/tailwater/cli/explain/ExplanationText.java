// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.explain;

import io.tailwater.aggregation.ValueType;
import io.tailwater.cli.replay.Values;
import io.tailwater.cli.replay.WindowText;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.replay.WindowEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An explanation for people and programs. */
final class ExplanationText {
  private static final int EVENTS = 50;
  private static final int EVENTS_OUTSIDE = 3;

  private final WindowText windows;
  private final String entity;
  private final ValueType type;
  private final List<String> unknownRefusals;

  /**
   * @param entity as it was given
   * @param type of the feature
   * @param unknownRefusals the sources of which it is not known what a stream has refused
   */
  ExplanationText(
      Project project, String entity, ValueType type, Collection<String> unknownRefusals) {
    this.windows = new WindowText(project, EVENTS, EVENTS_OUTSIDE);
    this.entity = entity;
    this.type = type;
    this.unknownRefusals = unknownRefusals.stream().sorted().toList();
  }

  List<String> lines(Explanation explanation) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s of %s at %s"
            .formatted(
                explanation.question().feature(),
                entity,
                Values.instant(explanation.question().instant())));
    String recomputed = Values.text(explanation.recomputed(), type);
    String table = text(explanation.table());
    String online = text(explanation.online());
    int width = Math.max(recomputed.length(), Math.max(table.length(), online.length()));
    lines.add("  recomputed  " + recomputed);
    lines.add(line("table", table, width, explanation.table(), explanation));
    lines.add(line("Redis", online, width, explanation.online(), explanation));
    explanation.windows().stream()
        .flatMap(window -> windows.lines(window).stream())
        .forEach(lines::add);
    if (!explanation.refused().isEmpty()) {
      lines.add("Refused by the stream as too late or of the future, and not counted:");
      explanation.refused().forEach(event -> lines.add(windows.line(event)));
    }
    for (String source : unknownRefusals) {
      lines.add(
          "Of %s it is not known which events a stream has refused as too late or of the future: all of them count here."
              .formatted(source));
    }
    return lines;
  }

  Map<String, @Nullable Object> json(Explanation explanation) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("feature", explanation.question().feature().toString());
    json.put("entity", entity);
    json.put("at", Values.instant(explanation.question().instant()));
    json.put("recomputed", Values.json(explanation.recomputed(), type));
    json.put("table", json(explanation.table()));
    json.put("online", json(explanation.online()));
    json.put("agrees", explanation.agrees());
    json.put("windows", explanation.windows().stream().map(windows::json).toList());
    json.put(
        "refused",
        explanation.refused().stream().map(WindowEvent::event).map(windows::json).toList());
    json.put("refused_unknown_of", unknownRefusals);
    return json;
  }

  private String line(
      String store, String value, int width, StoreAnswer answer, Explanation explanation) {
    StringBuilder line = new StringBuilder();
    line.append(("  %-10s  %-" + width + "s  ").formatted(store, value));
    line.append(answer.verdict().text());
    Long at = answer.at();
    if (at != null && at != explanation.question().instant()) {
      line.append(" at ").append(Values.instant(at));
    }
    boolean other = answer.verdict() == Verdict.DIFFERS || answer.verdict() == Verdict.BEHIND;
    if (other) {
      line.append(": ").append(Values.difference(answer.value(), answer.recomputed(), type));
    }
    return line.append(" (").append(answer.note()).append(')').toString();
  }

  private String text(StoreAnswer answer) {
    return answer.at() == null ? "-" : Values.text(answer.value(), type);
  }

  private Map<String, @Nullable Object> json(StoreAnswer answer) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("verdict", answer.verdict().name());
    json.put("value", Values.json(answer.value(), type));
    json.put("at", answer.at() == null ? null : Values.instant(answer.at()));
    json.put("recomputed", Values.json(answer.recomputed(), type));
    json.put("note", answer.note());
    return json;
  }
}
