// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.cases.CaseRun;
import io.tailwater.cli.console.CommandException;
import io.tailwater.cli.console.Json;
import io.tailwater.definitions.CaseLoader;
import io.tailwater.definitions.DefinitionException;
import io.tailwater.definitions.cases.FeatureCase;
import io.tailwater.definitions.model.Project;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tailwater test}. */
@Command(
    name = "test",
    description = {
      "Runs the cases beside the definitions: given events, the values that features must have.",
      "Nothing needs to run for it: events go through the stream's own code in this process."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tailwater test --definitions feature-definitions/retail",
      "  tailwater test tests/customer.yaml --case 'a purchase leaves after seven days'"
    })
final class TestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ProjectOptions options;
  @Mixin private OutputFormat output;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "Files with cases. Default: all .yaml files in the project's folder 'tests'.")
  private List<Path> files = List.of();

  @Option(
      names = "--case",
      paramLabel = "NAME",
      description = "Only the case of this name; may be repeated.")
  private Set<String> names = Set.of();

  @Override
  public Integer call() {
    Project project = options.project();
    CaseRun run = CaseRun.of(project, chosen(load(project)));
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      out.println(Json.text(run.json()));
    } else {
      run.lines().forEach(out::println);
    }
    return run.passed() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private List<FeatureCase> load(Project project) {
    try {
      return CaseLoader.load(project, options.folder(), files);
    } catch (DefinitionException e) {
      throw options.refused(e);
    }
  }

  private List<FeatureCase> chosen(List<FeatureCase> cases) {
    List<String> known = cases.stream().map(FeatureCase::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new CommandException(
            "--case '%s': found no such case, expected one of: %s"
                .formatted(name, String.join("; ", known)));
      }
    }
    return names.isEmpty()
        ? cases
        : cases.stream().filter(test -> names.contains(test.name())).toList();
  }
}
