// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

/** The names under which a job's client finds the counts of a view. */
public final class AccountingNames {
  private AccountingNames() {}

  /** The Flink accumulator that counts a view's events with one verdict; its value is a Long. */
  public static String accumulator(String view, Verdict verdict) {
    return "tailwater.%s.%s".formatted(view, verdict.label());
  }
}
