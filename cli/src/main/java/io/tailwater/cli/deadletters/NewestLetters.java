// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.deadletters;

import io.tailwater.jobs.deadletters.StoredLetter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The newest of many dead letters. Not thread-safe. */
public final class NewestLetters {
  private static final Comparator<StoredLetter> OLDEST_FIRST =
      Comparator.comparingLong((StoredLetter stored) -> stored.letter().rejectedAt())
          .thenComparing(StoredLetter::place);

  private final int limit;
  private final PriorityQueue<StoredLetter> newest = new PriorityQueue<>(OLDEST_FIRST);

  /**
   * @param limit how many are kept
   */
  public NewestLetters(int limit) {
    this.limit = limit;
  }

  public void add(StoredLetter letter) {
    newest.add(letter);
    if (newest.size() > limit) {
      newest.remove();
    }
  }

  /** The oldest of them first. */
  public List<StoredLetter> all() {
    List<StoredLetter> all = new ArrayList<>(newest);
    all.sort(OLDEST_FIRST);
    return all;
  }
}
