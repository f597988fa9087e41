// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.DefinitionFiles;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The definitions of a project that are applied.
 *
 * @param version from 1, each one more than the one before it
 * @param appliedAt when they were applied, in milliseconds since the epoch
 * @param files their texts
 * @param views digests of what views compute, by their names
 * @param retired digests of what stored features computed that earlier versions had and these do
 *     not, by {@code view:feature}: their columns are still in the tables
 */
public record PublishedDefinitions(
    long version,
    long appliedAt,
    DefinitionFiles files,
    SortedMap<String, String> views,
    SortedMap<String, String> retired) {
  public PublishedDefinitions {
    requireNonNull(files, "files is null");
    views = sorted(requireNonNull(views, "views is null"));
    retired = sorted(requireNonNull(retired, "retired is null"));
    if (version < 1) {
      throw new IllegalArgumentException("version %d is less than 1".formatted(version));
    }
  }

  /** The digest of the texts. */
  public String digest() {
    return files.digest();
  }

  private static SortedMap<String, String> sorted(Map<String, String> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
