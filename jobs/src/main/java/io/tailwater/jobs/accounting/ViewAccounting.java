// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.accounting;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.Project;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What became of a source's events in one view.
 *
 * @param source the source
 * @param view the view
 * @param read records read from the source
 * @param counts events by verdict, all verdicts present
 */
public record ViewAccounting(String source, String view, long read, Map<Verdict, Long> counts) {
  public ViewAccounting {
    requireNonNull(source, "source is null");
    requireNonNull(view, "view is null");
    counts = Map.copyOf(counts);
  }

  /**
   * Picks the counts of a source in a view from a job's accumulators; what is not there yet is 0.
   *
   * @param accumulators as of Flink's job client or result
   */
  public static ViewAccounting of(String source, String view, Map<String, Object> accumulators) {
    Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      counts.put(verdict, number(accumulators, AccountingNames.verdict(source, view, verdict)));
    }
    return new ViewAccounting(
        source, view, number(accumulators, AccountingNames.read(source)), counts);
  }

  /** The accounting of every source in every view of a project, in the order of definition. */
  public static List<ViewAccounting> of(Project project, Map<String, Object> accumulators) {
    return project.views().stream()
        .flatMap(
            view ->
                view.inputs().stream()
                    .map(input -> of(input.source().name(), view.name(), accumulators)))
        .toList();
  }

  private static long number(Map<String, Object> accumulators, String name) {
    return accumulators.get(name) instanceof Long number ? number : 0;
  }

  /** The events with a verdict. */
  public long count(Verdict verdict) {
    return requireNonNull(counts.get(verdict), "a verdict is missing");
  }

  /** The accounting law: read = applied + filtered + duplicate + too_late + malformed + future. */
  public boolean isBalanced() {
    return read == counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
