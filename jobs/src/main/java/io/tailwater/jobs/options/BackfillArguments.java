// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.options;

import io.tailwater.jobs.topology.BackfillInputs;
import io.tailwater.jobs.topology.BackfillOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a backfill reads and writes. */
public final class BackfillArguments {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

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

  /**
   * Where it reads.
   *
   * @param sources what was given for each source, by its name
   * @throws ParameterException if there is nothing between two instants
   */
  public BackfillInputs inputs(Map<String, Path> sources) {
    if (kafkaFrom != null && kafkaTo != null && kafkaFrom.isAfter(kafkaTo)) {
      throw new ParameterException(
          spec.commandLine(),
          "--kafka-from %s is after --kafka-to %s: there is nothing between them"
              .formatted(kafkaFrom, kafkaTo));
    }
    return SourceArguments.inputs(sources).withKafka(millis(kafkaFrom), millis(kafkaTo));
  }

  /**
   * What it writes.
   *
   * @throws ParameterException if the range has no instant
   */
  public BackfillOptions options() {
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
