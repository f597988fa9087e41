// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.options;

import io.tailwater.definitions.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A duration as definitions write it. */
public final class DurationArgument implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    return Duration.ofMillis(
        Durations.parse(text)
            .orElseThrow(
                () ->
                    new TypeConversionException(
                        "'%s' is no duration, expected %s".formatted(text, Durations.EXPECTED))));
  }
}
