// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.CommandException;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.KafkaSettings;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.deadletters.DeadLetterTopics;
import io.tailwater.jobs.deadletters.LetterFilter;
import io.tailwater.jobs.options.InstantArgument;
import io.tailwater.jobs.options.SourceArguments;
import io.tailwater.jobs.source.KafkaLocation;
import io.tailwater.jobs.topology.Endpoints;
import io.tailwater.stores.DeadLetter.Code;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the commands about dead letters share: which ones, and where Kafka is. */
final class LetterOptions {
  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "Those of a source. May be repeated. Default: all.")
  private Set<String> sources = Set.of();

  @Option(
      names = "--view",
      paramLabel = "NAME",
      description = "Those that a view has refused, or that did not decode. May be repeated.")
  private Set<String> views = Set.of();

  @Option(
      names = "--code",
      paramLabel = "CODE",
      description = "Those of a cause: ${COMPLETION-CANDIDATES}. May be repeated.")
  private Set<Code> codes = Set.of();

  @Option(
      names = "--since",
      paramLabel = "T",
      converter = InstantArgument.class,
      description = "Those refused at that instant or later; in UTC unless it has an offset.")
  private @Nullable Instant since;

  @Option(
      names = "--until",
      paramLabel = "T",
      converter = InstantArgument.class,
      description = "Those refused before that instant.")
  private @Nullable Instant until;

  @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "The Kafka cluster.")
  private @Nullable String kafka;

  LetterFilter filter() {
    return new LetterFilter(
        sources,
        views,
        codes.stream().map(Code::name).collect(Collectors.toSet()),
        since == null ? Long.MIN_VALUE : since.toEpochMilli(),
        until == null ? Long.MAX_VALUE : until.toEpochMilli());
  }

  /**
   * The topics of dead letters.
   *
   * @throws CommandException if a source is unknown or there is no Kafka
   */
  DeadLetterTopics topics(Project project, Settings configured) {
    requireSources(project);
    Settings settings = SourceArguments.withKafka(configured, kafka);
    try {
      KafkaSettings cluster = new Endpoints(settings).kafka();
      return DeadLetterTopics.of(
          project,
          settings,
          KafkaLocation.of(cluster.bootstrap()).withProperties(cluster.properties()),
          sources);
    } catch (IllegalArgumentException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }

  private void requireSources(Project project) {
    List<String> known = project.sources().stream().map(EventSource::name).toList();
    for (String name : sources) {
      if (!known.contains(name)) {
        throw new CommandException(
            "--source %s: found no such source, expected one of %s".formatted(name, known));
      }
    }
  }
}
