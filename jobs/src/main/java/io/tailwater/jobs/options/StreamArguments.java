// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.options;

import io.tailwater.definitions.settings.Settings.StateBackend;
import io.tailwater.jobs.topology.StreamStart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a stream starts, and where it keeps its state. */
public final class StreamArguments {
  private static final String ARCHIVE = "archive";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

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

  /** What was asked for to hold the state; empty for the default. */
  public Optional<StateBackend> stateBackend() {
    return Optional.ofNullable(stateBackend);
  }

  /** The directory of checkpoints that was asked for, a path or a URI; empty for the default. */
  public Optional<String> checkpoints() {
    return Optional.ofNullable(checkpoints);
  }

  /**
   * How it starts without a savepoint.
   *
   * @throws ParameterException if a history is neither the archive nor of a source
   */
  public StreamStart start() {
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

  /**
   * The savepoint or checkpoint that it goes on from, a path or a URI; empty for none.
   *
   * @throws ParameterException if it is a path with nothing there
   */
  public Optional<String> savepoint() {
    if (savepoint != null && !savepoint.contains(":/") && !Files.exists(Path.of(savepoint))) {
      throw new ParameterException(
          spec.commandLine(),
          "--from-savepoint %s: found nothing there, expected the folder of a savepoint or a checkpoint, as .tailwater/checkpoints/ID/chk-N"
              .formatted(savepoint));
    }
    return Optional.ofNullable(savepoint);
  }
}
