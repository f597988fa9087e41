// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random appends, compactions and replacements, several of them under way at a time, against a list
 * of rows. The seed is in the test's name and published with it.
 */
class RandomReplacementsTest {
  private static final long START = 20_454 * OneTable.DAY;
  private static final int DAYS = 3;
  private static final int STEPS = 40;
  private static final int MAX_UNDER_WAY = 3;
  private static final int MAX_INTERRUPTIONS = 3;

  @TempDir Path warehouse;

  private Random random;
  private OneTable table;
  private long number;
  private int commits;
  private int refused;
  private final List<Row> model = new ArrayList<>();
  private final List<Run> underWay = new ArrayList<>();

  /**
   * A run, the rows that it found, and whether another one has replaced rows of its range since.
   */
  private static final class Run {
    private final ReplaceRun run;
    private final Set<Row> found;
    private boolean overtaken;

    private Run(ReplaceRun run, Set<Row> found) {
      this.run = run;
      this.found = found;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void theTableHasTheRowsOfTheModel(long seed, TestReporter reporter) throws IOException {
    random = new Random(seed);
    try (OneTable open = OneTable.in(warehouse)) {
      table = open;
      for (int step = 0; step < STEPS; step++) {
        step();
      }
      while (!underWay.isEmpty()) {
        commit();
      }
    }
    reporter.publishEntry("seed", "%d: %d commits, %d refused".formatted(seed, commits, refused));
    assertThat(commits).isPositive();
  }

  private void step() throws IOException {
    int what = random.nextInt(10);
    if (what < 3) {
      append();
    } else if (what < 5) {
      compact();
    } else if (what < 8 && underWay.size() < MAX_UNDER_WAY) {
      begin();
    } else if (!underWay.isEmpty()) {
      commit();
    }
  }

  private void append() throws IOException {
    List<Row> rows = rows(START, START + DAYS * OneTable.DAY - 1, 1 + random.nextInt(12));
    table.append(rows);
    model.addAll(rows);
  }

  private void compact() throws IOException {
    double share = random.nextInt(4) == 0 ? 1 : random.nextDouble();
    table.compact(file -> random.nextDouble() < share);
  }

  private void begin() {
    long from = START + random.nextInt((int) OneTable.DAY * DAYS);
    long to = from + random.nextInt((int) OneTable.DAY * 2);
    if (random.nextBoolean()) {
      from = Math.floorDiv(from, OneTable.DAY) * OneTable.DAY;
    }
    underWay.add(new Run(table.run(from, to), new HashSet<>(model)));
  }

  private void commit() throws IOException {
    Run next = underWay.remove(random.nextInt(underWay.size()));
    InstantRange range = next.run.range();
    List<Row> rows = rows(range.from(), range.to(), random.nextInt(10));
    int[] interruptions = {random.nextInt(MAX_INTERRUPTIONS)};
    Runnable others =
        () -> {
          if (interruptions[0]-- > 0) {
            interrupt();
          }
        };
    if (next.overtaken) {
      assertThatThrownBy(() -> table.replace(next.run, rows, others))
          .isInstanceOf(ReplaceConflictException.class);
      refused++;
    } else {
      table.replace(next.run, rows, others);
      committed(next, rows);
    }
    List<Row> expected = new ArrayList<>(model);
    expected.sort(OneTable.ORDER);
    assertThat(table.rows()).isEqualTo(expected);
  }

  private void committed(Run run, List<Row> rows) {
    commits++;
    InstantRange range = run.run.range();
    model.removeIf(
        row ->
            run.found.contains(row)
                && row.instant() >= range.from()
                && row.instant() <= range.to());
    model.addAll(OneTable.created(rows, run.run));
    for (Run other : underWay) {
      InstantRange theirs = other.run.range();
      other.overtaken |= theirs.from() <= range.to() && range.from() <= theirs.to();
    }
  }

  private void interrupt() {
    try {
      if (random.nextBoolean()) {
        append();
      } else {
        compact();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Row> rows(long from, long to, int count) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long instant = from + random.nextLong(to - from + 1);
      rows.add(new Row(random.nextInt(5), instant, 1_000 + random.nextInt(1_000), number++));
    }
    return rows;
  }
}
