// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.jobs.source.SourceOptions;
import io.tailwater.jobs.topology.BackfillJob;
import io.tailwater.jobs.topology.BackfillOptions;
import io.tailwater.jobs.topology.PipelineConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.OutputFile;

/**
 * A backfill in a process of its own that comes to a halt in the middle of its files, for a test
 * that kills it there.
 */
final class BackfillProcess {
  private BackfillProcess() {}

  /**
   * A warehouse's files, of which no more than some can be begun: whoever tries comes to a halt.
   */
  public static final class HaltingFiles extends HadoopFileIO {
    private static final long serialVersionUID = 1L;

    /** Static: tasks get copies. */
    private static final AtomicInteger FILES_LEFT = new AtomicInteger();

    /** Is there from the halt on. */
    private static volatile Path halted = Path.of("");

    /** For Iceberg's catalogs. */
    public HaltingFiles() {}

    @Override
    public OutputFile newOutputFile(String path) {
      int left = path.endsWith(".parquet") ? FILES_LEFT.getAndDecrement() : 1;
      if (left == 0) {
        tellOfTheHalt();
      }
      if (left <= 0) {
        haltForEver();
      }
      return super.newOutputFile(path);
    }

    private static void tellOfTheHalt() {
      try {
        Files.createFile(halted);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void haltForEver() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** {@code DEFINITIONS SOURCE FILE WAREHOUSE FILES HALTED}. */
  public static void main(String[] arguments) throws Exception {
    HaltingFiles.FILES_LEFT.set(Integer.parseInt(arguments[4]));
    HaltingFiles.halted = Path.of(arguments[5]);
    try (EmbeddedFlink flink = EmbeddedFlink.create(2)) {
      StreamExecutionEnvironment env = flink.environment(PipelineConfiguration.pipelinedBatch());
      env.setParallelism(2);
      new BackfillJob(
              ProjectLoader.load(Path.of(arguments[0])),
              Settings.DEFAULT
                  .withWarehouse(arguments[3])
                  .withCatalog(Map.of(CatalogProperties.FILE_IO_IMPL, HaltingFiles.class.getName()))
                  .withDeadLetters(arguments[3] + "-dead-letters"),
              Map.of(arguments[1], Path.of(arguments[2])),
              BackfillOptions.ALL,
              SourceOptions.defaults())
          .define(env);
      env.execute();
    }
  }

  /**
   * Starts one.
   *
   * @param files how many it begins before it comes to a halt
   * @param halted the file that is there from then on
   */
  static Process start(
      Path definitions, String source, Path file, Path warehouse, int files, Path halted)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(BackfillProcess.class.getName());
    command.addAll(List.of(definitions.toString(), source, file.toString()));
    command.addAll(List.of(warehouse.toString(), Integer.toString(files), halted.toString()));
    return new ProcessBuilder(command).inheritIO().start();
  }
}
