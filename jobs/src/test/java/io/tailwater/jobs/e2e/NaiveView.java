// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A view of count, sum, avg, min and max of an amount, each over the same windows and in this
 * order, recomputed from an entity's purchases: the meaning of what the job writes.
 *
 * @param windows lengths in milliseconds, in the view's order
 * @param lateness how long an entity is remembered at least after its last event has left all
 *     windows; once it is forgotten, its count of events begins anew
 * @param end the instant that nothing passes
 */
record NaiveView(List<Long> windows, long lateness, long end) {
  private static final int AGGREGATES = 5;

  /** What is to be in the stores of one entity. */
  record Entity(List<StepRow> rows, long validUntil, long leastEventCount, long mostEventCount) {
    /** The vector that the online store ends with. */
    StepRow online() {
      return rows.get(rows.size() - 1);
    }
  }

  /** Recomputes an entity of at least one purchase. */
  Entity recompute(List<Purchase> unsorted) {
    List<Purchase> purchases = new ArrayList<>(unsorted);
    purchases.sort(Comparator.comparingLong(Purchase::time));
    List<NaiveWindow> moving =
        windows.stream().map(length -> new NaiveWindow(purchases, length)).toList();
    List<StepRow> rows = new ArrayList<>();
    long[] bits = new long[0];
    int next = 0;
    for (long instant : instants(purchases)) {
      long[] before = bits;
      bits = step(moving, instant, before);
      boolean ofAnEvent = next < purchases.size() && purchases.get(next).time() == instant;
      if (ofAnEvent || !Arrays.equals(bits, before)) {
        rows.add(new StepRow(instant, 0, bits));
      }
      while (next < purchases.size() && purchases.get(next).time() == instant) {
        next++;
      }
    }
    long validUntil = moving.stream().mapToLong(NaiveWindow::nextLeave).min().orElseThrow();
    return new Entity(rows, validUntil, remembered(purchases), purchases.size());
  }

  /** The purchases since the last gap in which the entity may have been forgotten. */
  private long remembered(List<Purchase> purchases) {
    long longest = windows.stream().mapToLong(Long::longValue).max().orElseThrow();
    int first = purchases.size() - 1;
    while (first > 0
        && purchases.get(first).time() - purchases.get(first - 1).time()
            <= longest + lateness + 1) {
      first--;
    }
    return purchases.size() - first;
  }

  /** Every instant up to the end at which a purchase comes or leaves a window. */
  private long[] instants(List<Purchase> purchases) {
    return Stream.concat(Stream.of(-1L), windows.stream())
        .flatMapToLong(length -> purchases.stream().mapToLong(p -> p.time() + length + 1))
        .filter(instant -> instant <= end)
        .sorted()
        .distinct()
        .toArray();
  }

  private static long[] step(List<NaiveWindow> moving, long instant, long[] before) {
    int count = moving.size();
    long[] bits = before.length == 0 ? new long[AGGREGATES * count] : before.clone();
    for (int i = 0; i < count; i++) {
      NaiveWindow window = moving.get(i);
      if (window.advanceTo(instant) || before.length == 0) {
        long[] values =
            LongStream.of(
                    window.count(), window.sum(), window.average(), window.least(), window.most())
                .toArray();
        for (int aggregate = 0; aggregate < AGGREGATES; aggregate++) {
          bits[aggregate * count + i] = values[aggregate];
        }
      }
    }
    return bits;
  }
}
