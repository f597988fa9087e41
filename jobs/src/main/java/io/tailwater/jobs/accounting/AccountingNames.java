// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.accounting;

/** The names under which a job's client finds counts: Flink accumulators whose values are Longs. */
public final class AccountingNames {
  private AccountingNames() {}

  /** The records read from a source. */
  public static String read(String source) {
    return "tailwater.source.%s.read".formatted(source);
  }

  /** The events of a source that met one verdict in a view. */
  public static String verdict(String source, String view, Verdict verdict) {
    return "tailwater.view.%s.source.%s.%s".formatted(view, source, verdict.label());
  }
}
