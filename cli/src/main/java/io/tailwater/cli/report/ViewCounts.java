// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.report;

/**
 * What a view made of the events of its source. The accounting law: the verdicts add up to what was
 * read.
 */
public record ViewCounts(
    String source,
    String view,
    long read,
    long applied,
    long filtered,
    long duplicate,
    long tooLate,
    long malformed,
    long future) {

  /** Whether the accounting law holds. */
  public boolean addsUp() {
    return read == applied + filtered + duplicate + tooLate + malformed + future;
  }
}
