// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.deadletters;

import io.tailwater.stores.DeadLetter;
import java.util.Set;

/**
 * Which dead letters are meant.
 *
 * @param sources names of sources; empty for all
 * @param views names of views; empty for all. A letter that concerns all views is of each
 * @param codes names of {@link DeadLetter.Code}s; empty for all
 * @param since the first instant of refusal, in milliseconds since the epoch
 * @param until the instant of refusal before which they are
 */
public record LetterFilter(
    Set<String> sources, Set<String> views, Set<String> codes, long since, long until) {
  /** All of them. */
  public static final LetterFilter ALL =
      new LetterFilter(Set.of(), Set.of(), Set.of(), Long.MIN_VALUE, Long.MAX_VALUE);

  public LetterFilter {
    sources = Set.copyOf(sources);
    views = Set.copyOf(views);
    codes = Set.copyOf(codes);
  }

  /** Whether the letter is meant. */
  public boolean takes(DeadLetter letter) {
    String view = letter.view();
    return (sources.isEmpty() || sources.contains(letter.source()))
        && (views.isEmpty() || view == null || views.contains(view))
        && (codes.isEmpty() || codes.contains(letter.code()))
        && letter.rejectedAt() >= since
        && letter.rejectedAt() < until;
  }
}
