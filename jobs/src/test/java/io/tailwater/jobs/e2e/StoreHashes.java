// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.sinks.iceberg.OfflineTableReader;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.redis.NativeLayout;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.resps.ScanResult;

/**
 * What both stores hold, as a hash.
 *
 * <p>Of the offline tables everything counts but {@code created_timestamp}, and of the rows with
 * one key and instant the latest created alone. Of the online store every field as Redis has it
 * counts but {@code _version}, which holds the run's start time and how many events of an entity
 * were applied since it was last forgotten.
 *
 * @param rows how many rows of the offline tables count
 * @param offline the SHA-256 of their sorted text
 * @param online the SHA-256 of the online store's sorted text; of an empty one that of no text
 */
record StoreHashes(long rows, String offline, String online) {
  static StoreHashes of(Deployment deployment, Project project) throws IOException {
    SortedMap<String, String> rows = new TreeMap<>();
    for (FeatureView view : project.views()) {
      rows.putAll(rows(deployment, project, view));
    }
    return new StoreHashes(rows.size(), sha256(rows.values()), sha256(hashes(deployment, project)));
  }

  private static Map<String, String> rows(Deployment deployment, Project project, FeatureView view)
      throws IOException {
    Map<String, OfflineRow> latest = new HashMap<>();
    try (OfflineTableReader table =
        OfflineTableReader.open(deployment.catalog(), project.name(), view)) {
      table.forEach(
          row ->
              latest.merge(
                  "%s %s %d".formatted(view.name(), text(row.key()), row.eventTimestamp()),
                  row,
                  StoreHashes::later));
    }
    Map<String, String> rows = new HashMap<>();
    latest.forEach((key, row) -> rows.put(key, key + " = " + text(row.values())));
    return rows;
  }

  private static OfflineRow later(OfflineRow one, OfflineRow other) {
    if (one.createdTimestamp() == other.createdTimestamp()) {
      throw new AssertionError("two rows of one creation: %s and %s".formatted(one, other));
    }
    return one.createdTimestamp() > other.createdTimestamp() ? one : other;
  }

  private static Collection<String> hashes(Deployment deployment, Project project) {
    SortedMap<String, String> hashes = new TreeMap<>();
    try (UnifiedJedis redis =
        new redis.clients.jedis.JedisPooled(deployment.redis().host(), deployment.redis().port())) {
      for (FeatureView view : project.views()) {
        String cursor = "0";
        do {
          ScanResult<String> keys =
              redis.scan(
                  cursor,
                  new redis.clients.jedis.params.ScanParams()
                      .match(NativeLayout.of(project.name(), view).keyPattern()));
          for (String key : keys.getResult()) {
            Map<String, String> fields = new TreeMap<>(redis.hgetAll(key));
            fields.remove(NativeLayout.VERSION);
            hashes.put(key, key + " = " + fields);
          }
          cursor = keys.getCursor();
        } while (!cursor.equals("0"));
      }
    }
    return hashes.values();
  }

  private static String text(Object[] values) {
    StringBuilder text = new StringBuilder();
    for (Object value : values) {
      text.append(text(value)).append(" | ");
    }
    return text.toString();
  }

  /** To the bit, with the type. */
  private static String text(Object value) {
    if (value instanceof Double number) {
      return "double " + Long.toHexString(Double.doubleToRawLongBits(number));
    }
    if (value instanceof Float number) {
      return "float " + Integer.toHexString(Float.floatToRawIntBits(number));
    }
    if (value instanceof byte[] bytes) {
      return "bytes " + HexFormat.of().formatHex(bytes);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(StoreHashes::text).toList().toString();
    }
    if (value instanceof Map<?, ?> map) {
      SortedMap<String, String> sorted = new TreeMap<>();
      map.forEach((key, element) -> sorted.put(text(key), text(element)));
      return sorted.toString();
    }
    return value == null ? "null" : value.getClass().getSimpleName() + " " + value;
  }

  private static String sha256(Collection<String> lines) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String line : lines) {
        digest.update(line.getBytes(UTF_8));
        digest.update((byte) '\n');
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
