// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving;

import io.tailwater.stores.redis.VectorQuery;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys that rows name, of each view every one once.
 *
 * @param queries one for each view that is read
 * @param places for each of these, and each row, which of the query's keys is the row's; {@link
 *     #NONE} if a part of its key is null
 */
record EntityKeys(List<VectorQuery> queries, int[][] places) {
  static final int NONE = -1;

  static EntityKeys of(FeatureQuery query, List<Object[]> rows) {
    List<VectorQuery> queries = new ArrayList<>(query.fields().size());
    int[][] places = new int[query.fields().size()][];
    for (int read = 0; read < places.length; read++) {
      List<Object[]> keys = new ArrayList<>(rows.size());
      places[read] = places(query.keyPlaces(read), rows, keys);
      queries.add(new VectorQuery(query.fields().get(read), keys));
    }
    return new EntityKeys(queries, places);
  }

  private static int[] places(int[] keyPlaces, List<Object[]> rows, List<Object[]> keys) {
    Map<Object, Integer> known = new HashMap<>();
    int[] places = new int[rows.size()];
    for (int row = 0; row < places.length; row++) {
      Object[] key = key(keyPlaces, rows.get(row));
      if (key == null) {
        places[row] = NONE;
        continue;
      }
      Integer place = known.putIfAbsent(identity(key), keys.size());
      if (place == null) {
        places[row] = keys.size();
        keys.add(key);
      } else {
        places[row] = place;
      }
    }
    return places;
  }

  private static Object @Nullable [] key(int[] places, Object[] row) {
    Object[] key = new Object[places.length];
    for (int i = 0; i < key.length; i++) {
      Object part = row[places[i]];
      if (part == null) {
        return null;
      }
      key[i] = part;
    }
    return key;
  }

  private static List<Object> identity(Object[] key) {
    List<Object> identity = new ArrayList<>(key.length);
    for (Object part : key) {
      identity.add(part instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : part);
    }
    return identity;
  }
}
