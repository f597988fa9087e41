// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.options;

import io.tailwater.definitions.settings.RedisSettings;
import io.tailwater.definitions.settings.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a job writes. */
public final class StoreArguments {
  @Option(names = "--redis", paramLabel = "HOST:PORT", description = "The Redis server.")
  private @Nullable String redis;

  @Option(names = "--warehouse", paramLabel = "URI", description = "The Iceberg warehouse.")
  private @Nullable String warehouse;

  /**
   * The project's settings with the flags over them.
   *
   * @throws IllegalArgumentException if an address is none
   */
  public Settings over(Settings settings) {
    Settings result = redis == null ? settings : settings.withRedis(redis(settings, redis));
    return warehouse == null ? result : result.withWarehouse(warehouse);
  }

  /**
   * The settings of a Redis that a flag names.
   *
   * @throws IllegalArgumentException if the flag is no address
   */
  public static RedisSettings redis(Settings settings, String flag) {
    RedisSettings configured = settings.redis();
    RedisSettings address;
    try {
      address = RedisSettings.of(flag);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--redis: %s".formatted(e.getMessage()), e);
    }
    return configured == null ? address : configured.withAddress(address);
  }
}
