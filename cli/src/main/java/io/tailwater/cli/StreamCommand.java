// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.pipeline.PipelineLauncher;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.definitions.settings.Settings.StateBackend;
import io.tailwater.jobs.topology.StreamStart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tailwater stream}. */
@Command(
    name = "stream",
    description = {
      "Runs the project's job in this process: events in, features in both stores.",
      "",
      "Without --source it reads Kafka until Ctrl-C; with a file for every source it ends with"
          + " them. A source with archive: true that is read from Kafka is archived in the"
          + " warehouse too. Flags go over tailwater.yaml.",
      "",
      "Over vectors in Redis a stream does not start with empty windows: it goes on from a"
          + " savepoint or checkpoint, or begins with history and then reads Kafka from where"
          + " history ends, and writes to Redis when it has caught up with Kafka."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tailwater stream --kafka localhost:9092 --redis localhost:6379 --warehouse ./warehouse",
      "  tailwater stream --source orders=orders.csv --redis localhost:6379 --warehouse ./warehouse",
      "  tailwater stream --history archive",
      "  tailwater stream --history orders=history/ --kafka localhost:9092",
      "  tailwater stream --from-savepoint .tailwater/checkpoints/1f0c…/chk-42"
    })
final class StreamCommand implements Callable<Integer> {
  private static final String ARCHIVE = "archive";

  @Spec private CommandSpec spec;
  @Mixin private ProjectOptions options;
  @Mixin private JobOptions job;
  @Mixin private OutputFormat output;

  @Option(
      names = "--state-backend",
      paramLabel = "NAME",
      description = "heap (fastest, in memory) or rocksdb (on disk; the default).")
  private @Nullable StateBackend stateBackend;

  @Option(
      names = "--checkpoints",
      paramLabel = "DIR",
      description = "Where the job's state is saved. Default: .tailwater/checkpoints.")
  private @Nullable String checkpoints;

  @Option(
      names = "--history",
      paramLabel = "archive|NAME=FILE",
      description =
          "Begins with history: 'archive' for all sources with archive: true, or for one source a"
              + " file or folder as of --source. May be repeated. Kafka is read from where the"
              + " archive ends, after a file from its beginning: an event that is in both counts"
              + " once, by its id.")
  private List<String> history = List.of();

  @Option(
      names = "--from-savepoint",
      paramLabel = "PATH",
      description =
          "Goes on from a savepoint or a checkpoint (a folder chk-N): a path or a URI. If that"
              + " stream was still reading its history, give --history as it had.")
  private @Nullable String savepoint;

  @Option(
      names = "--cold",
      description =
          "Starts with empty windows even if Redis has vectors: they are replaced by those of what"
              + " Kafka holds.")
  private boolean cold;

  @Override
  public Integer call() throws InterruptedException {
    Project project = options.project();
    Settings settings = settings();
    StreamStart start = start();
    requireSavepoint();
    return job.run(
        flink ->
            PipelineLauncher.start(
                flink, project, settings, job.sources(), start, savepoint, job.parallelism()),
        output,
        spec.commandLine().getOut(),
        spec.commandLine().getErr());
  }

  private StreamStart start() {
    StreamStart start = cold ? StreamStart.DEFAULT.overAnything() : StreamStart.DEFAULT;
    Map<String, Path> files = new HashMap<>();
    for (String each : history) {
      int equals = each.indexOf('=');
      if (each.equals(ARCHIVE)) {
        start = start.withArchives();
      } else if (equals > 0 && equals < each.length() - 1) {
        files.put(each.substring(0, equals), Path.of(each.substring(equals + 1)));
      } else {
        throw new ParameterException(
            spec.commandLine(),
            "--history %s: expected 'archive' or NAME=FILE, as in --history orders=orders.csv"
                .formatted(each));
      }
    }
    return start.withFiles(files);
  }

  private void requireSavepoint() {
    if (savepoint != null && !savepoint.contains(":/") && !Files.exists(Path.of(savepoint))) {
      throw new ParameterException(
          spec.commandLine(),
          "--from-savepoint %s: found nothing there, expected the folder of a savepoint or a checkpoint, as .tailwater/checkpoints/ID/chk-N"
              .formatted(savepoint));
    }
  }

  private Settings settings() {
    Settings settings = job.settings(options);
    if (stateBackend != null) {
      settings = settings.withStateBackend(stateBackend);
    }
    if (checkpoints != null) {
      settings = settings.withCheckpoints(settings.checkpoints().withDirectory(checkpoints));
    }
    return settings;
  }
}
