// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.flink.CatalogLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on the default catalog, from its first moment on. */
class SqliteCatalogITCase {
  private static final int COMMITS = 20;

  @TempDir Path warehouse;

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void twoWritingProcessesAndAReaderLoseNoCommit() throws Exception {
    List<Process> writers = List.of(start("a"), start("b"));
    try {
      CatalogLoader catalog = IcebergCatalogs.loader(warehouse.toString(), Map.of());
      try (OpenCatalog open = OpenCatalog.of(catalog)) {
        OfflineTables.createOrEvolve(open.catalog(), "retail", AppendingProcess.VIEW);
      }
      try (OfflineTableReader reader =
          OfflineTableReader.open(catalog, "retail", AppendingProcess.VIEW)) {
        int seen = 0;
        while (writers.stream().anyMatch(Process::isAlive)) {
          int files = reader.snapshot().dataFiles().size();
          assertThat(files).isGreaterThanOrEqualTo(seen);
          seen = files;
        }
        assertThat(writers).allSatisfy(writer -> assertThat(writer.exitValue()).isZero());
        assertThat(reader.snapshot().dataFiles())
            .doesNotHaveDuplicates()
            .hasSize(writers.size() * COMMITS);
      }
    } finally {
      writers.forEach(Process::destroyForcibly);
    }
  }

  private Process start(String name) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(AppendingProcess.class.getName());
    command.addAll(List.of(warehouse.toString(), name, Integer.toString(COMMITS)));
    return new ProcessBuilder(command).inheritIO().start();
  }
}
