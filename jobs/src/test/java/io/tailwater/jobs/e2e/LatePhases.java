// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import io.tailwater.definitions.model.Project;
import io.tailwater.jobs.e2e.EqualityEvents.Line;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The lines of {@link EqualityEvents} in phases, in the order in which they arrive: every second
 * one late, by half of what its source allows up to nearly all of it.
 */
final class LatePhases {
  private static final int ONE_LATE_IN = 2;
  private static final long HOUR = 3_600_000;

  private final Project project;

  private LatePhases(Project project) {
    this.project = project;
  }

  /**
   * What arrives between two looks at the stores.
   *
   * @param end the time of the last order and the last visit, which are the newest so far
   * @param watermark up to where time has come with them
   */
  record Phase(List<Line> lines, long end, long watermark) {}

  static List<Phase> of(Project project, long seed, int count, int phases) {
    return new LatePhases(project).phases(seed, count, phases);
  }

  private List<Phase> phases(long seed, int count, int phases) {
    List<Line> lines = EqualityEvents.inOrder(seed, count);
    Random random = new Random(seed);
    Map<Line, Long> arrivals = new IdentityHashMap<>();
    for (Line line : lines) {
      boolean late = random.nextInt(ONE_LATE_IN) == 0;
      long latest = latest(line);
      arrivals.put(line, line.time() + (late ? random.nextLong(latest / 2, latest) : 0));
    }
    List<Line> arriving = new ArrayList<>(lines);
    arriving.sort(Comparator.comparing(arrivals::get));
    long start = lines.get(0).time();
    long length = (arrivals.get(arriving.get(count - 1)) - start) / phases + 1;
    List<Phase> all = new ArrayList<>();
    for (int i = 0; i < phases; i++) {
      long from = start + i * length;
      long end = from + length;
      List<Line> own = new ArrayList<>(arriving);
      own.removeIf(line -> arrivals.get(line) < from || arrivals.get(line) >= end);
      own.addAll(EqualityEvents.orderAndVisit(seed + i, end));
      all.add(new Phase(own, end, watermark(end)));
    }
    return all;
  }

  private long watermark(long end) {
    return end - project.sources().get(0).watermark().outOfOrdernessMillis() - 1;
  }

  /** How late a line may be at most, a little less than its source allows. */
  private long latest(Line line) {
    return project.source(line.source()).orElseThrow().watermark().allowedLatenessMillis() - HOUR;
  }
}
