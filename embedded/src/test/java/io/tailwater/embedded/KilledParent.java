// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM that holds an embedded service, for a test to kill. */
final class KilledParent implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;

  private final Process process;
  private final Path told;

  /**
   * @param folder an empty one, in which the two talk
   */
  KilledParent(ServiceHolder.Service service, Path folder) throws IOException {
    told = folder.resolve("directory");
    process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                ServiceHolder.class.getName(),
                service.name(),
                told.toString())
            .inheritIO()
            .start();
  }

  /** The service's directory; waits until the service runs. */
  Path directory() throws IOException {
    Await.until(
        () -> process.isAlive() ? "the service does not run" : "the holder has ended",
        () -> Files.exists(told));
    Path directory = Path.of(Files.readString(told));
    assertThat(directory).isDirectory();
    return directory;
  }

  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  static void awaitEnd(List<ProcessHandle> processes) {
    for (ProcessHandle process : processes) {
      assertThat(process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .as("the end of process %d (%s)", process.pid(), process.info().command())
          .succeedsWithin(Duration.ofSeconds(PATIENCE_SECONDS));
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
