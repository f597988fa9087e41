// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.apply.ApplyReport;
import io.tailwater.cli.apply.ApplyRun;
import io.tailwater.cli.console.CommandException;
import io.tailwater.cli.console.Json;
import io.tailwater.definitions.LoadedProject;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.stores.redis.DefinitionsRegistry;
import io.tailwater.stores.redis.RedisOptions;
import io.tailwater.stores.redis.RegistryException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tailwater apply}. */
@Command(
    name = "apply",
    description = {
      "Makes the definitions the ones that are deployed: the next version in Redis, and in the"
          + " properties of the offline tables.",
      "",
      "From then on servers and jobs with other definitions do not start. It starts none, and asks"
          + " nothing. Applying the same again does nothing. A change that would store other values"
          + " under the name that old ones have is refused with what to do; --accept says that it"
          + " is meant.",
      "",
      "Exit code 0: applied, or it was, 1: refused or failed."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tailwater apply --definitions retail",
      "  tailwater apply --accept customer_behavior:largest_order_30d",
      "  tailwater apply -o json"
    })
final class ApplyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ProjectOptions options;
  @Mixin private OutputFormat output;

  @Option(
      names = "--accept",
      paramLabel = "NAME",
      description =
          "A change that is meant although old values stand under its name: VIEW:FEATURE, VIEW:*"
              + " or SOURCE, as it is called where it is refused. May be repeated.")
  private List<String> accepted = List.of();

  @Option(
      names = "--redis",
      paramLabel = "HOST:PORT",
      description = "The Redis, over what tailwater.yaml says.")
  private @Nullable String redis;

  @Option(
      names = "--warehouse",
      paramLabel = "URI",
      description = "The Iceberg warehouse, over what tailwater.yaml says.")
  private @Nullable String warehouse;

  @Override
  public Integer call() throws Exception {
    LoadedProject project = options.loaded();
    Settings configured = options.settings();
    Settings settings = warehouse == null ? configured : configured.withWarehouse(warehouse);
    RedisOptions online = RedisConnections.options(settings, redis);
    ApplyReport report;
    try (DefinitionsRegistry registry = new DefinitionsRegistry(online, project.project().name())) {
      report =
          new ApplyRun(project, registry, DeploymentOptions.catalog(settings), Clock.systemUTC())
              .apply(Set.copyOf(accepted));
    } catch (RegistryException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      out.println(Json.text(report.json()));
    } else {
      report.lines().forEach(out::println);
    }
    return report.isApplied() ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
