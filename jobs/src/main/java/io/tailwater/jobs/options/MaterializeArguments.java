// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.options;

import io.tailwater.jobs.materialize.MaterializeOptions;
import java.time.Instant;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The range that is materialized. */
public final class MaterializeArguments {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private ViewArguments views;

  @Parameters(
      index = "0",
      paramLabel = "START",
      converter = InstantArgument.class,
      description =
          "The first event timestamp: a date, or a date and time, in UTC unless it has an offset.")
  private Instant start;

  @Parameters(
      index = "1",
      paramLabel = "END",
      converter = InstantArgument.class,
      description = "The last event timestamp; a date is its first instant.")
  private Instant end;

  /**
   * What is to be done.
   *
   * @throws ParameterException if the range has no instant
   */
  public MaterializeOptions options() {
    if (start.isAfter(end)) {
      throw new ParameterException(
          spec.commandLine(),
          "START %s is after END %s: the range has no instant".formatted(start, end));
    }
    return MaterializeOptions.range(views.views(), start.toEpochMilli(), end.toEpochMilli());
  }
}
