// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.Json;
import io.tailwater.cli.console.ReportFile;
import io.tailwater.cli.console.StatusLine;
import io.tailwater.cli.pipeline.PipelineLauncher;
import io.tailwater.cli.stream.StreamReport;
import io.tailwater.cli.stream.StreamRun;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.topology.BackfillOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tailwater backfill}. */
@Command(
    name = "backfill",
    description = {
      "Fills the offline tables from files: the stream's job in Flink's batch mode.",
      "",
      "The files may be in any order; no event is late. Memory holds the windows of one entity at a"
          + " time. All rows of a view appear in one commit, at the end. Rows that a table has in the"
          + " range are replaced; what a stream appends meanwhile stays, and counts. Flags go over"
          + " tailwater.yaml."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tailwater backfill --source orders=orders.csv --warehouse ./warehouse",
      "  tailwater backfill --source orders=orders.jsonl.gz --view customer_behavior"
          + " --from 2026-01-01 --to 2026-03-31T23:59:59.999Z"
    })
final class BackfillCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ProjectOptions options;
  @Mixin private OutputFormat output;

  @Option(
      names = "--source",
      paramLabel = "NAME=FILE",
      description =
          "The file of a source: .csv or .jsonl, also with .gz. One for each source that the views"
              + " use.")
  private Map<String, Path> sources = Map.of();

  @Option(
      names = "--view",
      paramLabel = "V",
      description = "A view to fill; may be repeated. Default: all.")
  private List<String> views = List.of();

  @Option(
      names = "--from",
      paramLabel = "T",
      converter = InstantArgument.class,
      description =
          "The first instant whose rows are written: a date, or a date and time, in UTC unless it"
              + " has an offset. Earlier events count in the windows. Default: the first event.")
  private @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "T",
      converter = InstantArgument.class,
      description =
          "The last instant: rows are written up to it, whether events or the end of a window make"
              + " them. Default: the newest event of all files.")
  private @Nullable Instant to;

  @Option(
      names = "--online",
      description =
          "Write each entity's last vector to Redis too. A vector of a running stream that is as"
              + " new or newer stays.")
  private boolean online;

  @Option(names = "--warehouse", paramLabel = "URI", description = "The Iceberg warehouse.")
  private @Nullable String warehouse;

  @Option(
      names = "--redis",
      paramLabel = "HOST:PORT",
      description = "The Redis server, for --online.")
  private @Nullable String redis;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Parallel pipelines. Default: the number of processors.")
  private int parallelism = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--report",
      paramLabel = "FILE.json",
      description = "Where the report goes for programs.")
  private @Nullable Path report;

  @Override
  public Integer call() throws InterruptedException {
    BackfillOptions backfill = backfill();
    Project project = options.project();
    Settings settings = settings();
    ReportFile file = ReportFile.at(report);
    PrintWriter out = spec.commandLine().getOut();
    Clock clock = Clock.systemUTC();
    StatusLine progress = StatusLine.on(output.isJson() ? spec.commandLine().getErr() : out, clock);
    StreamReport result =
        new StreamRun(
                flink ->
                    PipelineLauncher.startBackfill(
                        flink, project, settings, sources, backfill, parallelism),
                progress,
                clock)
            .run(parallelism);
    file.write(result.json());
    if (output.isJson()) {
      out.println(Json.text(result.json()));
    } else {
      result.lines().forEach(progress::say);
    }
    return result.isBalanced() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private BackfillOptions backfill() {
    if (from != null && to != null && from.isAfter(to)) {
      throw new ParameterException(
          spec.commandLine(),
          "--from %s is after --to %s: the range has no instant; give an earlier --from or a later --to"
              .formatted(from, to));
    }
    return new BackfillOptions(views, millis(from), millis(to), online);
  }

  private static @Nullable Long millis(@Nullable Instant instant) {
    return instant == null ? null : (Long) instant.toEpochMilli();
  }

  private Settings settings() {
    Settings settings = options.settings();
    if (redis != null) {
      settings = settings.withRedis(RedisConnections.settings(settings, redis));
    }
    if (warehouse != null) {
      settings = settings.withWarehouse(warehouse);
    }
    return settings;
  }
}
