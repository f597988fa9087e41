// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.labels;

import io.tailwater.definitions.model.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A first pass over labels, before anything is written.
 *
 * @param rows how many there are
 * @param earliest the earliest instant, in milliseconds; meaningless without labels
 * @param latest the latest one
 * @param zoneless how many instants name no zone
 * @param earlier how many are earlier than each of the instants asked for
 * @param problems what is wrong, a message each with its place; at most {@value #MOST_PROBLEMS} and
 *     one that counts the others
 */
public record LabelScan(
    long rows,
    long earliest,
    long latest,
    long zoneless,
    List<Long> earlier,
    List<String> problems) {
  /** How many problems are told. */
  static final int MOST_PROBLEMS = 20;

  public LabelScan {
    earlier = List.copyOf(earlier);
    problems = List.copyOf(problems);
  }

  /**
   * Reads all labels.
   *
   * @param needed the fields that each label's values must be of the types of
   * @param instants for {@link #earlier}, in milliseconds
   */
  public static LabelScan of(Labels labels, List<Field> needed, List<Long> instants)
      throws IOException {
    long[] earlier = new long[instants.size()];
    long rows = 0;
    long earliest = Long.MAX_VALUE;
    long latest = Long.MIN_VALUE;
    long zoneless = 0;
    long bad = 0;
    List<String> problems = new ArrayList<>();
    try (LabelCursor cursor = labels.open(needed, false)) {
      while (cursor.next()) {
        rows++;
        try {
          long instant = cursor.instant();
          earliest = Math.min(earliest, instant);
          latest = Math.max(latest, instant);
          for (int i = 0; i < earlier.length; i++) {
            earlier[i] += instant < instants.get(i) ? 1 : 0;
          }
          zoneless += cursor.isZoneless() ? 1 : 0;
          for (int field = 0; field < needed.size(); field++) {
            cursor.value(field);
          }
        } catch (BadLabelException e) {
          if (bad++ < MOST_PROBLEMS) {
            problems.add("%s: %s".formatted(cursor.place(), e.getMessage()));
          }
        }
      }
    }
    if (bad > MOST_PROBLEMS) {
      problems.add("… and %d more labels".formatted(bad - MOST_PROBLEMS));
    }
    return new LabelScan(
        rows, earliest, latest, zoneless, Arrays.stream(earlier).boxed().toList(), problems);
  }
}
