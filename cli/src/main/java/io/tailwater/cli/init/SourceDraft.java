// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.init;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A source with one view to be.
 *
 * @param project the project's name
 * @param name the source's name
 * @param draft its fields
 * @param eventTime one of them
 * @param timeFormat how its text is written; null where no format is needed
 * @param eventId names of fields, or the position
 * @param key one of the fields
 */
record SourceDraft(
    String project,
    String name,
    Draft draft,
    DraftField eventTime,
    @Nullable String timeFormat,
    List<String> eventId,
    DraftField key) {
  SourceDraft {
    eventId = List.copyOf(eventId);
  }

  /** The entity that the key is of. */
  String entity() {
    String bare = nameOf(key.name()).replaceFirst("_(id|key|code|no|number)$", "");
    return bare.isEmpty() ? "entity" : bare;
  }

  /** A text as a name of definitions. */
  static String nameOf(String text) {
    String name =
        text.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "_")
            .replaceAll("^[_0-9]+|_+$", "");
    return name.isEmpty() ? "events" : name;
  }
}
