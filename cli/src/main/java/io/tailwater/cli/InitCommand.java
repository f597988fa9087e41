// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static java.util.Objects.requireNonNull;

import io.tailwater.cli.init.NewProject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tailwater init}. */
@Command(
    name = "init",
    description = {
      "Makes a project of a sample of events, or of their Avro schema: definitions that run.",
      "",
      "Types, the event's time and the entity's key are found in the sample, which is read to its"
          + " end; where several fields could be it, the command lists them and asks for a flag."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tailwater init shop --sample orders.csv.gz",
      "  tailwater init shop --avro order.avsc --key customer_id"
    })
final class InitCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The folder of the project; made if need be.")
  private Path folder = Path.of("");

  @ArgGroup(multiplicity = "1")
  private Origin origin = new Origin();

  /** One of the two. */
  private static final class Origin {
    @Option(
        names = "--sample",
        paramLabel = "FILE",
        description = "Events: .csv with a header line, or .jsonl, also with .gz.")
    private @Nullable Path sample;

    @Option(names = "--avro", paramLabel = "FILE", description = "A record's Avro schema.")
    private @Nullable Path avro;
  }

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What the source is called. Default: as the file.")
  private @Nullable String name;

  @Option(names = "--event-time", paramLabel = "FIELD", description = "The event's time.")
  private @Nullable String eventTime;

  @Option(
      names = "--event-time-format",
      paramLabel = "PATTERN",
      description = "How it is written, as in 'dd/MM/yyyy HH:mm'; in UTC.")
  private @Nullable String timeFormat;

  @Option(names = "--key", paramLabel = "FIELD", description = "The key of the entity.")
  private @Nullable String key;

  @Option(
      names = "--event-id",
      paramLabel = "FIELD",
      split = ",",
      description =
          "What tells events apart. Default: a field with 'id' or the like in its name that has no"
              + " value twice, else an event's position.")
  private List<String> eventId = List.of();

  @Override
  public void run() {
    NewProject.Wishes wishes = new NewProject.Wishes(name, eventTime, timeFormat, key, eventId);
    Path sample = origin.sample;
    NewProject project =
        sample == null
            ? NewProject.ofSchema(folder, requireNonNull(origin.avro), wishes)
            : NewProject.ofSample(folder, sample, wishes);
    project.write();
    PrintWriter out = spec.commandLine().getOut();
    project.lines(sample).forEach(out::println);
  }
}
