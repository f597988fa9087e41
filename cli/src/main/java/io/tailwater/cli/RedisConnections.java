// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.CommandException;
import io.tailwater.definitions.settings.RedisSettings;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.options.StoreArguments;
import io.tailwater.stores.redis.RedisOptions;
import org.jspecify.annotations.Nullable;

/** From a flag or {@code tailwater.yaml} to a Redis. */
final class RedisConnections {
  private RedisConnections() {}

  /**
   * The Redis of the project.
   *
   * @param flag {@code HOST:PORT}, over what the settings say; null without the flag
   * @throws CommandException if neither names one
   */
  static RedisOptions options(Settings settings, @Nullable String flag) {
    return RedisOptions.of(settings(settings, flag));
  }

  /**
   * The settings of the project's Redis.
   *
   * @param flag {@code HOST:PORT}, over what the settings say; null without the flag
   * @throws CommandException if neither names one
   */
  static RedisSettings settings(Settings settings, @Nullable String flag) {
    if (flag == null) {
      RedisSettings configured = settings.redis();
      if (configured == null) {
        throw new CommandException(
            "No Redis is configured: pass --redis HOST:PORT, or write 'redis: HOST:PORT' into tailwater.yaml");
      }
      return configured;
    }
    try {
      return StoreArguments.redis(settings, flag);
    } catch (IllegalArgumentException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }
}
