// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.CommandException;
import io.tailwater.cli.console.Json;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.NativeLayout;
import io.tailwater.stores.redis.RedisOptions;
import io.tailwater.stores.redis.RedisReader;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import redis.clients.jedis.exceptions.JedisException;

/** {@code tailwater online get}. */
@Command(
    name = "get",
    description = "Shows an entity's features as Redis has them now.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tailwater online get customer_transactions:purchases_today --entity customer_id=1001",
      "  tailwater online get customer_behavior --entity customer_id=1001 --redis localhost:6379 -o json"
    })
final class OnlineGetCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private ProjectOptions options;
  @Mixin private OutputFormat output;

  @Parameters(
      arity = "1..*",
      paramLabel = "VIEW[:FEATURE]",
      description = "What to read; a view alone or VIEW:* is all of its features.")
  private List<String> references;

  @Option(
      names = "--entity",
      required = true,
      paramLabel = "KEY=VALUE",
      description = "The entity's join key; once for each where there are several.")
  private Map<String, String> entity;

  @Option(
      names = "--redis",
      paramLabel = "HOST:PORT",
      description = "The Redis, over what tailwater.yaml says.")
  private @Nullable String redis;

  @Override
  public void run() {
    Project project = options.project();
    Map<StoredView, List<String>> features = FeatureReference.resolve(project, references);
    RedisOptions redisOptions = RedisConnections.options(options.settings(), redis);
    List<OnlineAnswer> answers = new ArrayList<>();
    try (RedisReader reader = new RedisReader(redisOptions)) {
      features.forEach((view, names) -> answers.add(read(reader, project.name(), view, names)));
    } catch (JedisException e) {
      throw new CommandException(
          "Cannot read from Redis at %s: %s".formatted(redisOptions.endpoint(), e.getMessage()), e);
    }
    print(answers);
  }

  private OnlineAnswer read(
      RedisReader reader, String project, StoredView view, List<String> names) {
    NativeLayout layout = NativeLayout.of(project, view);
    Object[] key = EntityArgument.key(view.entity(), entity);
    Optional<OnlineVector> vector = reader.read(layout, List.<Object[]>of(key), names).get(0);
    OptionalLong watermark = reader.watermark(layout);
    return new OnlineAnswer(
        view.name(),
        names,
        vector.orElse(null),
        watermark.isPresent() ? (Long) watermark.getAsLong() : null);
  }

  private void print(List<OnlineAnswer> answers) {
    PrintWriter out = spec.commandLine().getOut();
    long now = Clock.systemUTC().millis();
    if (output.isJson()) {
      out.println(Json.text(answers.stream().map(answer -> answer.json(now)).toList()));
    } else {
      answers.forEach(answer -> answer.lines(now).forEach(out::println));
    }
  }
}
