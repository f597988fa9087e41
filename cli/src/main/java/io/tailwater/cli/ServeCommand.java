// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.CommandException;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.ServingSettings;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.serving.http.DefinitionsPolicy;
import io.tailwater.serving.http.FeatureServer;
import io.tailwater.stores.redis.RedisOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tailwater serve}. */
@Command(
    name = "serve",
    description = {
      "Serves the project's features over HTTP, in Feast's protocol, until Ctrl-C.",
      "",
      "It reads Redis and computes what is computed on read; it writes nothing. Tokens, limits and"
          + " timeouts are in tailwater.yaml, under 'serving'. Flags go over it.",
      "",
      "If definitions are applied (tailwater apply), it does not start with features that are not"
          + " among them, or compute something else."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tailwater serve",
      "  tailwater serve --host 0.0.0.0 --port 6566 --redis localhost:6379",
      "  curl -X POST http://127.0.0.1:6566/get-online-features -d"
          + " '{\"feature_service\": \"churn_v1\", \"entities\": {\"customer_id\": [1001]}}'"
    })
final class ServeCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private ProjectOptions options;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "The address to listen on; 0.0.0.0 for all. Default: 127.0.0.1.")
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port to listen on; 0 for any free one. Default: 6566.")
  private @Nullable Integer port;

  @Option(
      names = "--redis",
      paramLabel = "HOST:PORT",
      description = "The Redis, over what tailwater.yaml says.")
  private @Nullable String redis;

  @Option(
      names = "--unapplied",
      description =
          "Serve even if the definitions are not those that are applied (tailwater apply).")
  private boolean unapplied;

  @Override
  public void run() {
    Project project = options.project();
    Settings settings = options.settings();
    FeatureServer server =
        start(
            project,
            serving(settings.serving()),
            RedisConnections.options(settings, redis),
            unapplied ? DefinitionsPolicy.ANY : DefinitionsPolicy.APPLIED);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "serve-end"));
    PrintWriter out = spec.commandLine().getOut();
    out.printf("Serving the features of %s at %s. Ctrl-C stops.%n", project.name(), server.uri());
    out.println("  POST /get-online-features · GET /health /metrics /openapi.json");
    try {
      server.join();
    } catch (InterruptedException e) {
      server.close();
      Thread.currentThread().interrupt();
    }
  }

  private static FeatureServer start(
      Project project, ServingSettings serving, RedisOptions redis, DefinitionsPolicy policy) {
    try {
      return FeatureServer.start(project, serving, redis, Clock.systemUTC(), policy);
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }

  private ServingSettings serving(ServingSettings configured) {
    try {
      return configured.withAddress(
          host == null ? configured.host() : host, port == null ? configured.port() : port);
    } catch (IllegalArgumentException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }
}
