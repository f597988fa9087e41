// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.stream;

import static java.util.Objects.requireNonNull;

import io.tailwater.jobs.accounting.ViewAccounting;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a run has come, in a line that is shown at fixed intervals. Where it is known how many
 * events there are, it tells how long the rest takes at the average speed so far. Reading an event
 * counts as much as finding its verdict in a view: in batch mode all events are read before the
 * first one meets its verdict. Not thread-safe.
 */
final class RunProgress {
  /** Before that no average says anything. */
  private static final Duration WARM_UP = Duration.ofSeconds(5);

  private final Map<String, Long> eventCounts;
  private final Duration interval;
  private long lastRead;

  /**
   * @param eventCounts how many events there are at most in each source, by its name, as far as
   *     that is known
   * @param interval between two lines
   */
  RunProgress(Map<String, Long> eventCounts, Duration interval) {
    this.eventCounts = Map.copyOf(eventCounts);
    this.interval = interval;
  }

  /**
   * The line.
   *
   * @param elapsedMillis since the run began
   */
  String line(String status, List<ViewAccounting> accounting, long elapsedMillis) {
    Map<String, Long> bySource = new HashMap<>();
    accounting.forEach(view -> bySource.merge(view.source(), view.read(), Math::max));
    long read = bySource.values().stream().mapToLong(Long::longValue).sum();
    double speed = Math.max(0, read - lastRead) * 1000.0 / interval.toMillis();
    lastRead = read;
    long judged = accounting.stream().mapToLong(RunProgress::judged).sum();
    String line = "  %s: %,d events read, %,.0f/s".formatted(status, read, speed);
    if (!eventCounts.keySet().containsAll(bySource.keySet())) {
      long toJudge = accounting.stream().mapToLong(ViewAccounting::read).sum();
      return line + ", %d %% done".formatted(toJudge == 0 ? 0 : 100 * judged / toJudge);
    }
    return line + rest((double) (read + judged) / Math.max(1, work(accounting)), elapsedMillis);
  }

  private static long judged(ViewAccounting view) {
    return view.counts().values().stream().mapToLong(Long::longValue).sum();
  }

  /** All that is to be read, and to be judged in each view. */
  private long work(List<ViewAccounting> accounting) {
    long work = eventCounts.values().stream().mapToLong(Long::longValue).sum();
    for (ViewAccounting view : accounting) {
      work += requireNonNull(eventCounts.get(view.source()));
    }
    return work;
  }

  private static String rest(double done, long elapsedMillis) {
    double share = Math.min(done, 1);
    String percent = ", %d %% done".formatted((long) (100 * share));
    if (share == 0 || share == 1 || elapsedMillis < WARM_UP.toMillis()) {
      return percent;
    }
    long seconds = Math.round(elapsedMillis * (1 - share) / share / 1000);
    return percent
        + (seconds < 100
            ? ", about %d s left".formatted(seconds)
            : ", about %d min left".formatted(Math.round(seconds / 60.0)));
  }
}
