// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compiled queries by what was asked for: those that were used last. A model asks for the same
 * features again and again; whoever asks for ever different ones must not fill the memory.
 * Thread-safe.
 */
final class QueryCache {
  private static final int CAPACITY = 500;

  private final Map<Object, FeatureQuery> queries =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, FeatureQuery> eldest) {
          return size() > CAPACITY;
        }
      };

  /**
   * The query of that key; made outside of the lock, so that one that is slow holds up no other.
   */
  <K> FeatureQuery get(K key, Function<K, FeatureQuery> maker) {
    FeatureQuery known = find(key);
    if (known != null) {
      return known;
    }
    FeatureQuery made = maker.apply(key);
    synchronized (queries) {
      queries.put(key, made);
    }
    return made;
  }

  private @Nullable FeatureQuery find(Object key) {
    synchronized (queries) {
      return queries.get(key);
    }
  }
}
