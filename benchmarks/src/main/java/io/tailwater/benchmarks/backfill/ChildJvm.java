// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks.backfill;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs contenders, each in a JVM of its own: so memory and CPU time are its alone.
 *
 * @param heap as in {@code -Xmx}
 * @param threads the processors that the JVM sees, and the contender's threads
 * @param sparkClasspath where Spark and its driver are; null without Spark
 */
record ChildJvm(String heap, int threads, @Nullable String sparkClasspath) {
  private static final String SPARK_MAIN = "SparkContender";
  private static final int PATIENCE_MINUTES = 30;

  /** What Flink and the log ask of a JVM; this one has been given them. */
  private static final Set<String> HANDED_DOWN =
      Set.of("--add-opens", "--enable-native-access", "-Dfile", "-Duser", "-Dlog4j2");

  /** What Spark's own launcher adds to that. */
  private static final Set<String> SPARK_OPENS =
      Set.of(
          "java.base/java.lang.invoke",
          "java.base/jdk.internal.ref",
          "java.base/sun.nio.cs",
          "java.base/sun.security.action",
          "java.base/sun.util.calendar");

  /**
   * Runs a contender.
   *
   * @param folder new; gets what the contender writes
   * @throws IOException if it fails, with what it said
   */
  Outcome run(Engine engine, Path events, Path folder, int rounds)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path errors = folder.resolve("errors.txt");
    List<String> command = new ArrayList<>(jvm(engine));
    command.addAll(
        List.of(
            events.toString(), folder.toString(), String.valueOf(rounds), String.valueOf(threads)));
    long start = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    try (BufferedReader output = process.inputReader()) {
      List<String> lines = output.lines().toList();
      boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
      if (!ended || process.exitValue() != 0) {
        throw new IOException(
            "%s failed: %s%s".formatted(engine.label(), lines, Files.readString(errors)));
      }
      return outcome(lines, (System.nanoTime() - start) / 1e9);
    } finally {
      process.destroyForcibly();
    }
  }

  private List<String> jvm(Engine engine) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap);
    command.add("-XX:ActiveProcessorCount=" + threads);
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> HANDED_DOWN.stream().anyMatch(argument::startsWith))
        .forEach(command::add);
    if (engine == Engine.SPARK) {
      SPARK_OPENS.forEach(opened -> command.add("--add-opens=%s=ALL-UNNAMED".formatted(opened)));
      command.addAll(List.of("-cp", String.valueOf(sparkClasspath), SPARK_MAIN));
      command.add(
          SalesHistory.query(
              "events", "unix_millis(ts)", length -> String.valueOf(length.toMillis())));
    } else {
      command.addAll(
          List.of(
              "-cp",
              System.getProperty("java.class.path"),
              ContenderMain.class.getName(),
              engine.name()));
    }
    return command;
  }

  private static Outcome outcome(List<String> lines, double wholeSeconds) throws IOException {
    List<Outcome.Round> rounds =
        numbers(lines, Rounds.ROUND)
            .map(round -> new Outcome.Round(round.get(0), round.get(1)))
            .toList();
    List<Double> peak =
        numbers(lines, Rounds.PEAK)
            .findFirst()
            .orElseThrow(() -> new IOException("no measurement in " + lines));
    return new Outcome(rounds, peak.get(0).longValue(), peak.get(1).longValue(), wholeSeconds);
  }

  private static Stream<List<Double>> numbers(List<String> lines, String kind) {
    return lines.stream()
        .filter(line -> line.startsWith(kind + " "))
        .map(line -> Stream.of(line.split(" ")).skip(1).map(Double::valueOf).toList());
  }
}
