// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailwater.definitions.replay.ReplayEvent;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A random sample of the entities of a view, drawn in one pass over events: those whose keys have
 * the least hashes. An entity that is among them at the end has been among them since its first
 * event, so that all of its events are kept; the events of others are let go of at once, or when
 * lesser hashes come. Not thread-safe.
 */
final class EntitySample {
  private record Rank(long hash, String identity) {}

  private static final Comparator<Rank> ORDER =
      Comparator.comparingLong(Rank::hash).thenComparing(Rank::identity);

  private final int size;
  private final long seed;
  private final TreeMap<Rank, SampledEntity> entities = new TreeMap<>(ORDER);
  private boolean closed;

  /**
   * @param size how many entities at most
   * @param seed another one draws another sample
   */
  EntitySample(int size, long seed) {
    this.size = size;
    this.seed = seed;
  }

  /** Keeps the event if its entity is in the sample so far. */
  void add(Object[] key, ReplayEvent event) {
    String identity = identity(key);
    Rank rank = new Rank(hash(identity), identity);
    SampledEntity known = entities.get(rank);
    if (known != null) {
      known.add(event);
      return;
    }
    if (closed || (entities.size() == size && ORDER.compare(rank, entities.lastKey()) > 0)) {
      return;
    }
    SampledEntity entity = new SampledEntity(key);
    entity.add(event);
    entities.put(rank, entity);
    if (entities.size() > size) {
      entities.pollLastEntry();
    }
  }

  /** From now on events are kept, but no entity is added. */
  void close() {
    closed = true;
  }

  Collection<SampledEntity> entities() {
    return entities.values();
  }

  /** The entity of that key, if it is in the sample. */
  @Nullable SampledEntity get(Object[] key) {
    String identity = identity(key);
    return entities.get(new Rank(hash(identity), identity));
  }

  /** Two keys have the same if and only if they are equal. */
  private static String identity(Object[] key) {
    StringBuilder identity = new StringBuilder();
    for (Object part : key) {
      String text =
          part instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : part.toString();
      identity.append(text.length()).append(':').append(text);
    }
    return identity.toString();
  }

  /** FNV-1a, and the finalizer of SplitMix64 so that all bits count. */
  private long hash(String identity) {
    long hash = 0xcbf29ce484222325L ^ seed;
    for (byte each : identity.getBytes(UTF_8)) {
      hash = (hash ^ (each & 0xff)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }
}
