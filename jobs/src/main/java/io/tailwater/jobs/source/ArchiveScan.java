// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.sinks.iceberg.ArchiveReader;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** An archive, read in this process. */
public final class ArchiveScan {
  private ArchiveScan() {}

  /**
   * Hands over the archive's events, in no particular order.
   *
   * @param anyOf by field, values: of each event at least one of these is all true; empty for all
   */
  public static void forEach(
      EventSource source,
      ArchiveReader archive,
      List<Map<String, Object>> anyOf,
      Consumer<SourceEvent> consumer) {
    RowEvents events = new RowEvents(source);
    archive.forEach(
        anyOf, archived -> consumer.accept(ArchiveDecoder.event(source, events, archived)));
  }
}
