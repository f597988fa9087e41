// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.accounting;

/** The names under which a job's client finds counts: Flink accumulators whose values are Longs. */
public final class AccountingNames {
  private AccountingNames() {}

  /** The records read from a source. */
  public static String read(String source) {
    return "tailwater.source.%s.read".formatted(source);
  }

  /** The events of a view with one verdict. */
  public static String verdict(String view, Verdict verdict) {
    return "tailwater.view.%s.%s".formatted(view, verdict.label());
  }
}
