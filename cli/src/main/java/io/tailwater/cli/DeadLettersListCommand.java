// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.CommandException;
import io.tailwater.cli.console.Json;
import io.tailwater.cli.deadletters.LetterCounts;
import io.tailwater.cli.deadletters.LetterText;
import io.tailwater.cli.deadletters.NewestLetters;
import io.tailwater.definitions.model.Project;
import io.tailwater.jobs.deadletters.LetterFilter;
import io.tailwater.jobs.deadletters.StoredLetter;
import io.tailwater.sinks.deadletter.FileDeadLetters;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tailwater dead-letters list}. */
@Command(
    name = "list",
    description = {
      "Shows the events that were refused, the newest last, and counts them by cause.",
      "",
      "What events say is left out, also where a message quotes it, unless --show-bytes asks for"
          + " it."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tailwater dead-letters list --summary",
      "  tailwater dead-letters list --source orders --code UNDECODABLE --limit 5 --show-bytes",
      "  tailwater dead-letters list --files dead-letters -o json"
    })
final class DeadLettersListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ProjectOptions options;
  @Mixin private LetterOptions letters;
  @Mixin private OutputFormat output;

  @Option(
      names = "--files",
      paramLabel = "DIR",
      description = "Reads them from the folder that a run over files has written, not from Kafka.")
  private @Nullable Path files;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many are shown, the newest ones. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(names = "--summary", description = "Shows the counts alone.")
  private boolean summary;

  @Option(
      names = "--show-bytes",
      description =
          "Shows keys, bytes and whole messages too: data of customers, with control characters"
              + " escaped.")
  private boolean showBytes;

  @Override
  public Integer call() {
    if (limit < 0) {
      throw new ParameterException(
          spec.commandLine(), "--limit: found %d, expected at least 0".formatted(limit));
    }
    LetterCounts counts = new LetterCounts();
    NewestLetters newest = new NewestLetters(summary ? 0 : limit);
    List<String> missing =
        read(
            letter -> {
              counts.add(letter);
              newest.add(letter);
            });
    LetterText text = new LetterText(showBytes);
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("total", counts.total());
      json.put("counts", counts.json());
      if (!summary) {
        json.put("letters", newest.all().stream().map(text::json).toList());
      }
      json.put("missing_topics", missing);
      out.println(Json.text(json));
    } else {
      newest.all().forEach(letter -> text.lines(letter).forEach(out::println));
      out.println("%,d dead letters".formatted(counts.total()));
      counts.lines().forEach(out::println);
      missing.forEach(topic -> out.println("No topic '%s'".formatted(topic)));
    }
    return ExitCode.OK;
  }

  private List<String> read(Consumer<StoredLetter> consumer) {
    Project project = options.project();
    LetterFilter filter = letters.filter();
    try {
      if (files == null) {
        return letters.topics(project, options.settings()).forEach(filter, consumer);
      }
      FileDeadLetters.forEach(
          files,
          (place, letter) -> {
            if (filter.takes(letter)) {
              consumer.accept(new StoredLetter(letter, place, 0, false));
            }
          });
      return List.of();
    } catch (IOException e) {
      throw new CommandException("Cannot read the dead letters: %s".formatted(e.getMessage()), e);
    }
  }
}
