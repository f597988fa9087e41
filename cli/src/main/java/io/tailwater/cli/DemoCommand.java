// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.StatusLine;
import io.tailwater.cli.demo.DemoOptions;
import io.tailwater.cli.demo.DemoPorts;
import io.tailwater.cli.demo.DemoRun;
import io.tailwater.cli.demo.Pace;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tailwater demo}. */
@Command(
    name = "demo",
    description = {
      "Shows the whole pipeline at work, with nothing but a JDK.",
      "",
      "Starts a real Kafka broker, a real Redis server and a Flink cluster in this process, sends"
          + " them weeks of a synthetic shop's events with every kind of trouble, then recomputes"
          + " every stored value from those events. Exit code 0 means: not one bit differs."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  tailwater demo --events 50000 --report report.json"})
final class DemoCommand implements Callable<Integer> {
  private static final int LEAST_EVENTS = 1_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "150000",
      description = "Length of the shop's history. Default: ${DEFAULT-VALUE}.")
  private int events;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Another seed is another history. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--report",
      paramLabel = "FILE.json",
      description = "Where the report goes for programs.")
  private @Nullable Path report;

  @Option(names = "--keep", description = "Stay up until Ctrl-C, to look around.")
  private boolean keep;

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      defaultValue = ".tailwater/demo",
      description = "Where definitions and tables go; emptied first. Default: ${DEFAULT-VALUE}.")
  private Path directory;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Default: any free port.")
  private int kafkaPort;

  @Option(
      names = "--redis-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Default: any free port.")
  private int redisPort;

  @Option(
      names = "--web-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Of Flink's web UI. Default: any free port.")
  private int webPort;

  @Override
  public Integer call() throws Exception {
    if (events < LEAST_EVENTS) {
      throw new ParameterException(
          spec.commandLine(),
          "--events: %d is too few for a history; at least %d".formatted(events, LEAST_EVENTS));
    }
    DemoOptions options =
        new DemoOptions(
            events,
            seed,
            directory,
            report,
            keep,
            new DemoPorts(kafkaPort, redisPort, webPort),
            Pace.FOR_PEOPLE);
    Clock clock = Clock.systemUTC();
    StatusLine out = StatusLine.on(spec.commandLine().getOut(), clock);
    return new DemoRun(options, out, clock).run() ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
