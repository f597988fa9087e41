// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.cases;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.cases.FeatureCase;
import io.tailwater.definitions.model.Project;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** All cases, run. */
public final class CaseRun {
  private final CaseReport report;
  private final List<CaseResult> results;
  private final long millis;

  private CaseRun(CaseReport report, List<CaseResult> results, long millis) {
    this.report = report;
    this.results = results;
    this.millis = millis;
  }

  /** Runs them, whatever fails. */
  public static CaseRun of(Project project, List<FeatureCase> cases) {
    requireNonNull(project, "project is null");
    long start = System.nanoTime();
    CaseRunner runner = new CaseRunner(project);
    List<CaseResult> results = new ArrayList<>();
    cases.forEach(test -> results.add(runner.run(test)));
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    return new CaseRun(new CaseReport(project), results, millis);
  }

  /** Whether all values are the expected ones. */
  public boolean passed() {
    return results.stream().allMatch(CaseResult::passed);
  }

  /** For people: each case, what is wrong with it, and a summary. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    results.forEach(result -> lines.addAll(report.lines(result)));
    lines.add(CaseReport.summary(results, millis));
    return lines;
  }

  /** The same for programs. */
  public Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("passed", passed());
    json.put("cases", results.size());
    json.put("failed", results.stream().filter(result -> !result.passed()).count());
    json.put("values", results.stream().mapToInt(CaseResult::values).sum());
    json.put("millis", millis);
    json.put("results", results.stream().map(report::json).toList());
    return json;
  }
}
