// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks.serving;

import io.tailwater.cli.Tailwater;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code tailwater serve} in a JVM of its own, with the JVM options of {@code tailwater}. */
final class ServerProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile(".* at (http://\\S+)\\. .*");

  /** What the launcher gives its JVM; this one has been given it too. */
  private static final Set<String> HANDED_DOWN =
      Set.of("--add-opens", "--enable-native-access", "-Dfile", "-Duser");

  private final Process process;
  private final InetSocketAddress address;

  private ServerProcess(Process process, InetSocketAddress address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts it and returns when it answers.
   *
   * @param options of its JVM, more than the launcher's
   * @throws IOException if it does not start, with what it said
   */
  static ServerProcess start(Path definitions, List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> HANDED_DOWN.stream().anyMatch(argument::startsWith))
        .forEach(command::add);
    command.addAll(options);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Tailwater.class.getName(),
            "serve",
            "--port=0",
            "--definitions=" + definitions));
    Path errors = Files.createTempFile("tailwater-serve-", ".txt");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    try {
      return new ServerProcess(process, address(process, errors));
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    } finally {
      Files.delete(errors);
    }
  }

  // Its output is left open: it says no more than these lines.
  @SuppressWarnings("StreamResourceLeak")
  private static InetSocketAddress address(Process process, Path errors) throws IOException {
    BufferedReader output = process.inputReader();
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher ready = READY.matcher(line);
      if (ready.matches()) {
        URI uri = URI.create(ready.group(1));
        return new InetSocketAddress(uri.getHost(), uri.getPort());
      }
      said.append(line).append(' ');
    }
    throw new IOException(
        "tailwater serve did not start: %s%s".formatted(said, Files.readString(errors)));
  }

  InetSocketAddress address() {
    return address;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
