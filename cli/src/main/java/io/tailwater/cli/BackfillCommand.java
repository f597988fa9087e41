// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.pipeline.PipelineLauncher;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.topology.BackfillInputs;
import io.tailwater.jobs.topology.BackfillOptions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tailwater backfill}. */
@Command(
    name = "backfill",
    description = {
      "Fills the offline tables from history: the stream's job in Flink's batch mode.",
      "",
      "A source is read from a file or a folder with --source NAME=FILE, from its archive with"
          + " --source NAME=archive (a folder of that name is ./archive), else from Kafka: what"
          + " its topic holds at the start. Events may come in any order; none is late. Memory holds"
          + " the windows of one entity at a time. All rows of a view appear in one commit, at the"
          + " end. Rows that a table has in the range are replaced; what a stream appends meanwhile"
          + " stays, and counts. Flags go over tailwater.yaml."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tailwater backfill --source orders=orders.csv --warehouse ./warehouse",
      "  tailwater backfill --source orders=history/ --view customer_behavior"
          + " --from 2026-01-01 --to 2026-03-31T23:59:59.999Z",
      "  tailwater backfill --kafka localhost:9092 --from 2026-03-01",
      "  tailwater backfill --source orders=archive"
    })
final class BackfillCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ProjectOptions options;
  @Mixin private JobOptions job;
  @Mixin private OutputFormat output;

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
              + " has an offset. Earlier events are read as far as windows reach, and count in"
              + " them. Default: the first event.")
  private @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "T",
      converter = InstantArgument.class,
      description =
          "The last instant: rows are written up to it, whether events or the end of a window make"
              + " them. Default: the newest event; if a source is read from Kafka, now less its"
              + " out_of_orderness.")
  private @Nullable Instant to;

  @Option(
      names = "--online",
      description =
          "Write each entity's last vector to Redis too. A vector of a running stream that is as"
              + " new or newer stays.")
  private boolean online;

  @Option(
      names = "--kafka-from",
      paramLabel = "T",
      converter = RecordTimestampArgument.class,
      description =
          "The record timestamp in Kafka to begin at, or 'earliest'. Default: as far before --from"
              + " as the longest window reaches; without --from, earliest.")
  private @Nullable Instant kafkaFrom;

  @Option(
      names = "--kafka-to",
      paramLabel = "T",
      converter = InstantArgument.class,
      description =
          "The record timestamp in Kafka to end before. Default: what the topics hold at the"
              + " start.")
  private @Nullable Instant kafkaTo;

  @Override
  public Integer call() throws InterruptedException {
    BackfillOptions backfill = backfill();
    BackfillInputs inputs = inputs();
    Project project = options.project();
    Settings settings = job.settings(options);
    return job.run(
        flink ->
            PipelineLauncher.startBackfill(
                flink, project, settings, inputs, backfill, job.parallelism()),
        output,
        spec.commandLine().getOut(),
        spec.commandLine().getErr());
  }

  private BackfillInputs inputs() {
    if (kafkaFrom != null && kafkaTo != null && kafkaFrom.isAfter(kafkaTo)) {
      throw new ParameterException(
          spec.commandLine(),
          "--kafka-from %s is after --kafka-to %s: there is nothing between them"
              .formatted(kafkaFrom, kafkaTo));
    }
    return SourceArguments.inputs(job.sources()).withKafka(millis(kafkaFrom), millis(kafkaTo));
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
    if (instant == null) {
      return null;
    }
    return instant.equals(Instant.MIN) ? (Long) Long.MIN_VALUE : (Long) instant.toEpochMilli();
  }
}
