// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.report;

import io.tailwater.jobs.accounting.Verdict;
import io.tailwater.jobs.accounting.ViewAccounting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The accounting law of a source in a view, written out. */
public final class AccountingText {
  /** As DESIGN writes the law. */
  private static final List<Verdict> ORDER =
      List.of(
          Verdict.APPLIED,
          Verdict.FILTERED,
          Verdict.DUPLICATE,
          Verdict.TOO_LATE,
          Verdict.MALFORMED,
          Verdict.FUTURE);

  private AccountingText() {}

  /** For people, one line for each; of views that have several sources, with the source's name. */
  public static List<String> lines(List<ViewAccounting> accountings) {
    Map<String, Long> sources =
        accountings.stream()
            .collect(Collectors.groupingBy(ViewAccounting::view, Collectors.counting()));
    return accountings.stream()
        .map(
            accounting ->
                Objects.equals(sources.get(accounting.view()), 1L)
                    ? line(accounting.view(), accounting)
                    : line(accounting.view() + " of " + accounting.source(), accounting))
        .toList();
  }

  private static String line(String name, ViewAccounting accounting) {
    String verdicts =
        ORDER.stream()
            .map(verdict -> "%s %,d".formatted(verdict.label(), accounting.count(verdict)))
            .collect(Collectors.joining(" + "));
    return "%s: read %,d %s %s%s"
        .formatted(
            name,
            accounting.read(),
            accounting.isBalanced() ? "=" : "≠",
            verdicts,
            accounting.isBalanced() ? "" : "  DOES NOT ADD UP");
  }

  /** For programs. */
  public static Map<String, Object> json(ViewAccounting accounting) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("source", accounting.source());
    json.put("view", accounting.view());
    json.put("read", accounting.read());
    ORDER.forEach(verdict -> json.put(verdict.label(), accounting.count(verdict)));
    json.put("balanced", accounting.isBalanced());
    return json;
  }
}
