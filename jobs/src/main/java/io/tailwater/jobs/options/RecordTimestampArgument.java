// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.options;

import java.time.Instant;
import picocli.CommandLine.ITypeConverter;

/** An instant, or {@code earliest}, which is {@link Instant#MIN}. */
public final class RecordTimestampArgument implements ITypeConverter<Instant> {
  private static final String EARLIEST = "earliest";

  private final InstantArgument instants = new InstantArgument();

  @Override
  public Instant convert(String text) {
    return text.equals(EARLIEST) ? Instant.MIN : instants.convert(text);
  }
}
