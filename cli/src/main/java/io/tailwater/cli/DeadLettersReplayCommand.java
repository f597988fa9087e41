// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.CommandException;
import io.tailwater.cli.console.Json;
import io.tailwater.cli.console.StatusLine;
import io.tailwater.cli.deadletters.ReplayText;
import io.tailwater.definitions.model.Project;
import io.tailwater.jobs.deadletters.DeadLetterReplay;
import io.tailwater.jobs.deadletters.DeadLetterTopics;
import io.tailwater.jobs.deadletters.ReplayOptions;
import io.tailwater.jobs.source.EventClock;
import io.tailwater.sinks.deadletter.DeadLetterException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tailwater dead-letters replay}. */
@Command(
    name = "replay",
    description = {
      "Sends the original bytes of refused events to their source's topic once more, after the"
          + " definitions or their senders were mended.",
      "",
      "Each record once, however often this runs and wherever it is stopped: what was replayed is"
          + " remembered in the topic <dead letters>.replayed. One that is refused again is a dead"
          + " letter again, and is replayed again only if --max-replays allows it.",
      "",
      "Events that were too late would be too late again: `tailwater backfill` puts them into the"
          + " offline table. They, and events that lost against another one with their id, are sent"
          + " only if --code names their cause."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tailwater dead-letters replay --code UNDECODABLE --dry-run",
      "  tailwater dead-letters replay --source orders --since 2026-03-01",
      "  tailwater dead-letters replay --max-replays 2"
    })
final class DeadLettersReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ProjectOptions options;
  @Mixin private LetterOptions letters;
  @Mixin private OutputFormat output;

  @Option(names = "--dry-run", description = "Sends nothing, and says what would be sent.")
  private boolean dryRun;

  @Option(
      names = "--max-replays",
      paramLabel = "N",
      defaultValue = "1",
      description = "How often one record may be replayed in all. Default: ${DEFAULT-VALUE}.")
  private int maxReplays;

  @Override
  public Integer call() {
    if (maxReplays < 1) {
      throw new ParameterException(
          spec.commandLine(), "--max-replays: found %d, expected at least 1".formatted(maxReplays));
    }
    Project project = options.project();
    DeadLetterTopics topics = letters.topics(project, options.settings());
    PrintWriter out = spec.commandLine().getOut();
    StatusLine progress =
        StatusLine.on(output.isJson() ? spec.commandLine().getErr() : out, Clock.systemUTC());
    DeadLetterReplay replay =
        new DeadLetterReplay(
            topics,
            new ReplayOptions(letters.filter(), maxReplays, dryRun),
            EventClock.system(),
            sent -> progress.show("%,d records sent".formatted(sent)));
    ReplayText text;
    try {
      text = new ReplayText(replay.run(), dryRun);
    } catch (IOException | DeadLetterException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
    if (output.isJson()) {
      out.println(Json.text(text.json()));
    } else {
      text.lines().forEach(progress::say);
    }
    return ExitCode.OK;
  }
}
