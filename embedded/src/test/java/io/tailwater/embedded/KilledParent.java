// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM that holds an embedded service and prints its directory, for a test to kill. */
final class KilledParent implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;

  private final Process process;
  private final BufferedReader output;

  /**
   * @param holder the class whose {@code main} starts the service
   */
  KilledParent(Class<?> holder) throws IOException {
    process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                holder.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** The service's directory; waits until the service runs. */
  Path directory() throws IOException {
    Path directory = Path.of(output.readLine());
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
  public void close() throws IOException {
    process.destroyForcibly();
    output.close();
  }
}
