// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.options;

import io.tailwater.jobs.materialize.MaterializeOptions;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Up to when views are materialized from where they stand. */
public final class MaterializeIncrementalArguments {
  @Mixin private ViewArguments views;

  @Parameters(
      index = "0",
      paramLabel = "END",
      converter = InstantArgument.class,
      description =
          "The last event timestamp: a date, or a date and time, in UTC unless it has an offset.")
  private Instant end;

  @Option(
      names = "--lookback",
      paramLabel = "DURATION",
      converter = DurationArgument.class,
      description =
          "Of batch views: ask the query only for rows from so long before the last run's END, as"
              + " 7d or 12h. Default: for all, so that none is missed however late it came.")
  private @Nullable Duration lookback;

  /** What is to be done. */
  public MaterializeOptions options() {
    return MaterializeOptions.incremental(
        views.views(), end.toEpochMilli(), lookback == null ? null : (Long) lookback.toMillis());
  }
}
