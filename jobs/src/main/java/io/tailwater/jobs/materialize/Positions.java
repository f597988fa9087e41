// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.materialize;

import io.tailwater.definitions.model.StoredView;
import io.tailwater.stores.redis.MaterializedPosition;
import io.tailwater.stores.redis.MaterializedPositions;
import io.tailwater.stores.redis.OnlineLayout;
import io.tailwater.stores.redis.RedisOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Where views stand, in Redis. Methods throw IllegalStateException if it does not answer.
 *
 * @param project the project's name
 */
record Positions(RedisOptions redis, String project) {

  /**
   * Where the views stand; those that have not said are missing.
   *
   * @throws IllegalArgumentException with every view that stands beyond {@code end}
   */
  Map<StoredView, MaterializedPosition> read(List<StoredView> views, long end) {
    Map<StoredView, MaterializedPosition> positions = new LinkedHashMap<>();
    List<String> beyond = new ArrayList<>();
    try (MaterializedPositions store = new MaterializedPositions(redis)) {
      for (StoredView view : views) {
        store
            .read(OnlineLayout.of(redis.layout(), project, view))
            .ifPresent(
                position -> {
                  positions.put(view, position);
                  if (position.end() > end) {
                    beyond.add(
                        "view '%s' stands at %s already: found the end %s, expected none before that; 'tailwater materialize START END' takes any range"
                            .formatted(
                                view.name(),
                                Instant.ofEpochMilli(position.end()),
                                Instant.ofEpochMilli(end)));
                  }
                });
      }
    } catch (JedisException e) {
      throw failure("read", e);
    }
    if (!beyond.isEmpty()) {
      throw new IllegalArgumentException(String.join(System.lineSeparator(), beyond));
    }
    return positions;
  }

  void write(Map<StoredView, MaterializedPosition> positions) {
    try (MaterializedPositions store = new MaterializedPositions(redis)) {
      positions.forEach(
          (view, position) ->
              store.write(OnlineLayout.of(redis.layout(), project, view), position));
    } catch (JedisException e) {
      throw failure("write", e);
    }
  }

  private IllegalStateException failure(String what, JedisException e) {
    return new IllegalStateException(
        "cannot %s where views stand in Redis at %s: %s"
            .formatted(what, redis.endpoint(), e.getMessage()),
        e);
  }
}
