// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.cases;

import io.tailwater.cli.replay.Values;
import io.tailwater.cli.replay.WindowText;
import io.tailwater.definitions.cases.FeatureCase;
import io.tailwater.definitions.model.Project;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results of cases for people and programs. */
final class CaseReport {
  private static final int MOST_EVENTS = 20;

  private final WindowText windows;

  CaseReport(Project project) {
    this.windows = new WindowText(project, MOST_EVENTS, MOST_EVENTS);
  }

  List<String> lines(CaseResult result) {
    FeatureCase test = result.test();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s %s: %s".formatted(result.passed() ? "ok    " : "FAILED", test.place(), test.name()));
    result.refused().forEach(problem -> lines.add("  " + problem));
    result.failures().forEach(failure -> addFailure(failure, lines));
    return lines;
  }

  /** One line that counts them. */
  static String summary(List<CaseResult> results, long millis) {
    int values = results.stream().mapToInt(CaseResult::values).sum();
    long failed = results.stream().filter(result -> !result.passed()).count();
    int wrong = results.stream().mapToInt(result -> result.failures().size()).sum();
    return failed == 0
        ? "%s with %s passed in %d ms."
            .formatted(counted(results.size(), "case"), counted(values, "value"), millis)
        : "%d of %s failed, with %d wrong of %s, in %d ms."
            .formatted(
                failed, counted(results.size(), "case"), wrong, counted(values, "value"), millis);
  }

  Map<String, @Nullable Object> json(CaseResult result) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", result.test().name());
    json.put("file", result.test().place().file());
    json.put("line", result.test().place().line());
    json.put("passed", result.passed());
    json.put("refused_events", result.refused());
    json.put("failures", result.failures().stream().map(this::json).toList());
    return json;
  }

  private void addFailure(CaseFailure failure, List<String> lines) {
    lines.add(
        "  %s: %s of %s %s %s"
            .formatted(
                failure.expected().place(),
                failure.expected().feature(),
                failure.expectation().entity(),
                failure.expectation().before() ? "before" : "at",
                Values.instant(failure.expectation().instant())));
    lines.add(
        "    "
            + Values.difference(
                failure.found(), failure.expected().value(), failure.expected().type()));
    failure.windows().stream()
        .flatMap(window -> windows.lines(window).stream())
        .forEach(line -> lines.add("    " + line));
  }

  private Map<String, @Nullable Object> json(CaseFailure failure) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("line", failure.expected().place().line());
    json.put("feature", failure.expected().feature().toString());
    json.put("entity", failure.expectation().entity());
    json.put("at", Values.instant(failure.expectation().instant()));
    json.put("as_of", failure.expectation().before() ? "before" : "at");
    json.put("found", Values.json(failure.found(), failure.expected().type()));
    json.put("expected", Values.json(failure.expected().value(), failure.expected().type()));
    json.put("windows", failure.windows().stream().map(windows::json).toList());
    return json;
  }

  private static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
