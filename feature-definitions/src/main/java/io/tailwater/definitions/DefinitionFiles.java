// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The texts that a project is defined by: its YAML files, and the schemas that they name. Settings
 * are not among them. A project is {@linkplain ProjectLoader#load(DefinitionFiles) loaded} from
 * them as from its folder.
 *
 * @param texts by the names of the files, of a schema as the definitions name it; sorted
 */
public record DefinitionFiles(SortedMap<String, String> texts) {
  public DefinitionFiles {
    requireNonNull(texts, "texts is null");
    texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
  }

  /** Of these texts by the names of their files. */
  public static DefinitionFiles of(Map<String, String> texts) {
    return new DefinitionFiles(new TreeMap<>(texts));
  }

  /**
   * The SHA-256 of names and texts, in hexadecimal. Ends of lines count as one character, however
   * an operating system or Git has written them.
   */
  public String digest() {
    List<String> parts = new ArrayList<>();
    texts.forEach(
        (name, text) -> {
          parts.add(name);
          parts.add(text.replace("\r\n", "\n"));
        });
    return Sha256.of(parts.toArray(String[]::new));
  }
}
