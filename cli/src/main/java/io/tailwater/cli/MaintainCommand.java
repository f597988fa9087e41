// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.CommandException;
import io.tailwater.cli.console.Json;
import io.tailwater.cli.console.StatusLine;
import io.tailwater.definitions.model.Project;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.sinks.iceberg.TableCare;
import io.tailwater.sinks.iceberg.TableCareException;
import io.tailwater.sinks.iceberg.TableCareOptions;
import io.tailwater.sinks.iceberg.TableCareReport;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.flink.CatalogLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tailwater maintain}. */
@Command(
    name = "maintain",
    description = {
      "Takes care of the project's tables: views' and archives'.",
      "",
      "Small files are written together into few large ones, then snapshots older than"
          + " --keep-days go, with the files that only they had, and files that killed runs have"
          + " left. Rows stay as they are. Snapshots with a tag stay. Safe beside a running stream"
          + " and a running backfill; run it from cron, once an hour to once a day."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tailwater maintain --warehouse ./warehouse",
      "  tailwater maintain --table customer_behavior --keep-days 30 -o json"
    })
final class MaintainCommand implements Callable<Integer> {
  private static final long MEGABYTE = 1L << 20;

  /** Iceberg's own. */
  private static final int ORPHAN_DAYS = 3;

  @Spec private CommandSpec spec;
  @Mixin private ProjectOptions options;
  @Mixin private TableOptions tables;
  @Mixin private OutputFormat output;

  @Option(
      names = "--target-file-mb",
      paramLabel = "N",
      description =
          "How large files are to be. Default: the table's write.target-file-size-bytes, which is"
              + " 128 MB unless you set another.")
  private @Nullable Long targetFileMegabytes;

  @Option(
      names = "--min-files",
      paramLabel = "N",
      defaultValue = "5",
      description = "So many small files of a day are written together. Default: ${DEFAULT-VALUE}.")
  private int minFiles;

  @Option(
      names = "--keep-days",
      paramLabel = "N",
      defaultValue = "7",
      description =
          "How long snapshots are kept: so far back goes --as-known-at, and so old may a savepoint"
              + " be that a stream goes on from. Default: ${DEFAULT-VALUE}.")
  private int keepDays;

  @Option(
      names = "--orphan-days",
      paramLabel = "N",
      description =
          "How old a file is that no snapshot refers to when it is deleted: more than any run needs"
              + " from its first file to its commit. 0 leaves them all. Default: 3, or --keep-days"
              + " if that is more.")
  private @Nullable Integer orphanDays;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "How many files are written at a time. Default: the number of processors.")
  private int parallelism = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() throws Exception {
    TableCareOptions care = care();
    Project project = options.project();
    CatalogLoader catalog = tables.catalog(options.settings());
    PrintWriter out = spec.commandLine().getOut();
    Clock clock = Clock.systemUTC();
    StatusLine progress = StatusLine.on(output.isJson() ? spec.commandLine().getErr() : out, clock);
    List<TableCareReport> reports = run(project, catalog, care, progress, clock);
    if (output.isJson()) {
      out.println(Json.text(json(reports)));
    }
    return ExitCode.OK;
  }

  private List<TableCareReport> run(
      Project project,
      CatalogLoader catalog,
      TableCareOptions care,
      StatusLine progress,
      Clock clock)
      throws Exception {
    List<String> names = tables.names(catalog, project);
    List<TableCareReport> reports = new ArrayList<>();
    try (EmbeddedFlink flink = EmbeddedFlink.create(parallelism)) {
      TableCare keeper = new TableCare(catalog, () -> environment(flink), care, clock);
      for (String table : names) {
        progress.show("  " + table);
        TableCareReport report = keeper.care(project.name(), table);
        progress.say(text(report));
        reports.add(report);
      }
    } catch (TableCareException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
    return reports;
  }

  private StreamExecutionEnvironment environment(EmbeddedFlink flink) {
    StreamExecutionEnvironment environment = flink.environment(TableCare.configuration());
    environment.setParallelism(parallelism);
    return environment;
  }

  private TableCareOptions care() {
    if (targetFileMegabytes != null && targetFileMegabytes < 1) {
      throw wrong("--target-file-mb: found %d, expected at least 1", targetFileMegabytes);
    }
    if (minFiles < 2) {
      throw wrong("--min-files: found %d, expected at least 2", minFiles);
    }
    if (keepDays < 1) {
      throw wrong("--keep-days: found %d, expected at least 1", keepDays);
    }
    Long megabytes = targetFileMegabytes;
    Long bytes = megabytes == null ? null : (Long) (megabytes * MEGABYTE);
    return new TableCareOptions(bytes, minFiles, Duration.ofDays(keepDays), orphanAge());
  }

  private @Nullable Duration orphanAge() {
    int days = orphanDays == null ? Math.max(ORPHAN_DAYS, keepDays) : orphanDays;
    if (days < 0) {
      throw wrong("--orphan-days: found %d, expected at least 0", days);
    }
    return days == 0 ? null : Duration.ofDays(days);
  }

  private ParameterException wrong(String message, long found) {
    return new ParameterException(spec.commandLine(), message.formatted(found));
  }

  private static String text(TableCareReport report) {
    return "%s: %,d files of %,.1f MB became %,d of %,.1f MB; %,d snapshots expired, %,d kept; %,d orphan files of %,.1f MB deleted"
        .formatted(
            report.table(),
            report.filesBefore(),
            (double) report.bytesBefore() / MEGABYTE,
            report.filesAfter(),
            (double) report.bytesAfter() / MEGABYTE,
            report.snapshotsExpired(),
            report.snapshotsKept(),
            report.orphansDeleted(),
            (double) report.orphanBytes() / MEGABYTE);
  }

  private static List<Map<String, Object>> json(List<TableCareReport> reports) {
    return reports.stream().map(MaintainCommand::json).toList();
  }

  private static Map<String, Object> json(TableCareReport report) {
    Map<String, Object> table = new LinkedHashMap<>();
    table.put("table", report.table());
    table.put("files_before", report.filesBefore());
    table.put("files_after", report.filesAfter());
    table.put("files_compacted", report.filesCompacted());
    table.put("bytes_before", report.bytesBefore());
    table.put("bytes_after", report.bytesAfter());
    table.put("snapshots_expired", report.snapshotsExpired());
    table.put("snapshots_kept", report.snapshotsKept());
    table.put("orphans_deleted", report.orphansDeleted());
    table.put("orphan_bytes", report.orphanBytes());
    return table;
  }
}
