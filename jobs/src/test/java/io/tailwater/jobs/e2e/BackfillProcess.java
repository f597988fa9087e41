// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.jobs.source.EventClock;
import io.tailwater.jobs.source.SourceOptions;
import io.tailwater.jobs.topology.BackfillJob;
import io.tailwater.jobs.topology.BackfillOptions;
import io.tailwater.jobs.topology.PipelineConfiguration;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A backfill in a process of its own that comes to a halt in the middle of its rows, for a test
 * that kills it there.
 */
final class BackfillProcess {
  /** What it prints when it has come to a halt. */
  static final String IN_THE_MIDDLE = "in the middle";

  private BackfillProcess() {}

  /** A clock that is asked for each row that is made, and stops whoever asks too often. */
  private static final class HaltingClock implements EventClock {
    private static final long serialVersionUID = 1L;

    /** Static: what the job gets is a copy. */
    private static final AtomicInteger CALLS_LEFT = new AtomicInteger();

    @Override
    @SuppressWarnings("SystemOut")
    public long millis() {
      int left = CALLS_LEFT.decrementAndGet();
      if (left == 0) {
        // The test that starts this process reads the line: the pipe is how the two talk.
        System.out.println(IN_THE_MIDDLE);
      }
      if (left <= 0) {
        haltForEver();
      }
      return System.currentTimeMillis();
    }

    private static void haltForEver() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** {@code DEFINITIONS SOURCE FILE WAREHOUSE ROWS}. */
  public static void main(String[] arguments) throws Exception {
    HaltingClock.CALLS_LEFT.set(Integer.parseInt(arguments[4]));
    try (EmbeddedFlink flink = EmbeddedFlink.create(2)) {
      StreamExecutionEnvironment env = flink.environment(PipelineConfiguration.batch());
      env.setParallelism(2);
      new BackfillJob(
              ProjectLoader.load(Path.of(arguments[0])),
              Settings.DEFAULT
                  .withWarehouse(arguments[3])
                  .withDeadLetters(arguments[3] + "-dead-letters"),
              Map.of(arguments[1], Path.of(arguments[2])),
              BackfillOptions.ALL,
              SourceOptions.defaults().withClock(new HaltingClock()))
          .define(env);
      env.execute();
    }
  }

  /**
   * Starts one.
   *
   * @param rows how many it makes before it comes to a halt
   */
  static Process start(Path definitions, String source, Path file, Path warehouse, int rows)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(BackfillProcess.class.getName());
    command.addAll(List.of(definitions.toString(), source, file.toString()));
    command.addAll(List.of(warehouse.toString(), Integer.toString(rows)));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
