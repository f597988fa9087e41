// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;

/**
 * History first, then the source's topic. Both are read from the start of the job; time passes only
 * when history has ended and all that the topic held at the start has been read.
 *
 * @param history an {@link ArchiveLocation} or a {@link FileLocation}
 * @param kafka where the topic goes on, with a {@link KafkaLocation.Seam}
 */
public record HistoryLocation(SourceLocation history, KafkaLocation kafka)
    implements SourceLocation {
  public HistoryLocation {
    requireNonNull(kafka.seam(), "kafka has no seam");
    if (!(history instanceof ArchiveLocation || history instanceof FileLocation)) {
      throw new IllegalArgumentException("no history: " + history);
    }
  }
}
