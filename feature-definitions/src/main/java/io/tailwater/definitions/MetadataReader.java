// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.definitions.model.Metadata;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads {@code description}, {@code tags} and {@code owner}. */
final class MetadataReader {
  /** The keys that it reads. */
  static final Set<String> KEYS = Set.of("description", "tags", "owner");

  private MetadataReader() {}

  /** What the definition says of itself; what is no text is added to the problems. */
  static Metadata read(YamlMapping definition) {
    return new Metadata(
        definition.text("description").orElse(""),
        tags(definition),
        definition.text("owner").orElse(null));
  }

  private static Map<String, String> tags(YamlMapping definition) {
    Map<String, String> tags = new LinkedHashMap<>();
    definition
        .get("tags")
        .flatMap(YamlValue::asMapping)
        .ifPresent(
            fields ->
                fields
                    .fields()
                    .forEach(
                        (tag, value) -> value.asText().ifPresent(text -> tags.put(tag, text))));
    return tags;
  }
}
