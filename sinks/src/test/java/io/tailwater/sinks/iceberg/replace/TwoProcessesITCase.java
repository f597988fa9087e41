// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that append to a day and replace hours of it at the same time. */
class TwoProcessesITCase {
  private static final int COMMITS = 12;
  private static final int EARLY = 3;
  private static final int LATE = 20;

  @TempDir Path warehouse;

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void loseNothingAndReplaceAll() throws Exception {
    try (OneTable table = OneTable.in(warehouse)) {
      List<Process> processes =
          List.of(start("append"), start(Integer.toString(EARLY)), start(Integer.toString(LATE)));
      try {
        for (Process process : processes) {
          assertThat(process.waitFor()).isZero();
        }
      } finally {
        processes.forEach(Process::destroyForcibly);
      }
      List<Row> rows = table.rows();
      assertThat(numbers(rows, ReplacingProcess.NOON))
          .isEqualTo(LongStream.range(0, COMMITS).boxed().toList());
      assertThat(numbers(rows, EARLY)).containsExactly(COMMITS - 1L);
      assertThat(numbers(rows, LATE)).containsExactly(COMMITS - 1L);
      assertThat(rows).hasSize(COMMITS + 2);
    }
  }

  private static List<Long> numbers(List<Row> rows, int hour) {
    return rows.stream().filter(row -> row.customer() == hour).map(Row::number).toList();
  }

  private Process start(String what) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(ReplacingProcess.class.getName());
    command.addAll(List.of(warehouse.toString(), what, Integer.toString(COMMITS)));
    return new ProcessBuilder(command).inheritIO().start();
  }
}
