// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.CommandException;
import io.tailwater.cli.console.Json;
import io.tailwater.definitions.model.FeatureReference;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.serving.DefinitionsAgreement;
import io.tailwater.serving.FeatureClient;
import io.tailwater.serving.FeatureQuery;
import io.tailwater.serving.OnlineFeatures;
import io.tailwater.serving.OnlineStoreException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tailwater online get}. */
@Command(
    name = "get",
    description =
        "Shows an entity's features: what Redis has now, and what is computed of it on read.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tailwater online get customer_transactions:purchases_today --entity customer_id=1001",
      "  tailwater online get customer_behavior --entity customer_id=1001 --redis localhost:6379 -o json",
      "  tailwater online get --feature-service churn_v1 --entity customer_id=1001"
    })
final class OnlineGetCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private ProjectOptions options;
  @Mixin private OutputFormat output;

  @ArgGroup(multiplicity = "1")
  private Wanted wanted = new Wanted();

  /** Which features. */
  static final class Wanted {
    @Parameters(
        arity = "1..*",
        paramLabel = "VIEW[:FEATURE]",
        description = "What to read; a view alone or VIEW:* is all of its features.")
    private List<String> references = List.of();

    @Option(
        names = "--feature-service",
        paramLabel = "NAME",
        description = "The features of a feature service.")
    private @Nullable String service;
  }

  @Option(
      names = "--entity",
      required = true,
      paramLabel = "KEY=VALUE",
      description = "The entity's join key; once for each where there are several.")
  private Map<String, String> entity = Map.of();

  @Option(
      names = "--request",
      paramLabel = "FIELD=VALUE",
      description = "What an on-demand feature takes from the request; may be repeated.")
  private Map<String, String> request = Map.of();

  @Option(
      names = "--redis",
      paramLabel = "HOST:PORT",
      description = "The Redis, over what tailwater.yaml says.")
  private @Nullable String redis;

  @Override
  public void run() {
    print(OnlineAnswer.of(read(options.project(), options.settings())));
  }

  private OnlineFeatures read(Project project, Settings settings) {
    try (FeatureClient client =
        FeatureClient.create(
            project,
            RedisConnections.options(settings, redis),
            Clock.systemUTC(),
            Duration.ofMillis(settings.serving().maxLagMillis()))) {
      FeatureQuery query = query(client);
      OnlineFeatures features =
          client.read(query, List.<Object[]>of(OnlineRow.of(query, entity, request)));
      warn(client);
      return features;
    } catch (OnlineStoreException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }

  /** What is shown is read by these definitions, whatever those who wrote it meant. */
  private void warn(FeatureClient client) {
    PrintWriter err = spec.commandLine().getErr();
    try {
      DefinitionsAgreement agreement = client.agreement();
      if (!agreement.isAgreed()) {
        err.printf(
            "These definitions are not those that are applied, version %d:%n",
            agreement.appliedVersion());
        agreement.differences().forEach(difference -> err.println("  " + difference));
      }
    } catch (OnlineStoreException e) {
      err.println("Which definitions are applied is not known: " + e.getMessage());
    }
  }

  private FeatureQuery query(FeatureClient client) {
    try {
      String service = wanted.service;
      return service != null
          ? client.query(service)
          : client.query(wanted.references.stream().map(OnlineGetCommand::reference).toList());
    } catch (IllegalArgumentException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }

  /** A view alone is all of its features. */
  private static FeatureReference reference(String text) {
    return text.indexOf(':') < 0
        ? new FeatureReference(text, FeatureReference.ALL)
        : FeatureReference.parse(text);
  }

  private void print(List<OnlineAnswer> answers) {
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      out.println(Json.text(answers.stream().map(OnlineAnswer::json).toList()));
    } else {
      answers.forEach(answer -> answer.lines().forEach(out::println));
    }
  }
}
