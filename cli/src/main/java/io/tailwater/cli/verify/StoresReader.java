// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.verify;

import io.tailwater.cli.console.CommandException;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.sinks.iceberg.OfflineSnapshot;
import io.tailwater.sinks.iceberg.OfflineTableReader;
import io.tailwater.sinks.iceberg.ProjectTables;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.OnlineLayout;
import io.tailwater.stores.redis.RedisOptions;
import io.tailwater.stores.redis.RedisReader;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.flink.CatalogLoader;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Reads both stores.
 *
 * @param project the project's name
 * @param redis null if vectors are not to be read
 * @param catalog null if tables are not to be read
 */
record StoresReader(String project, @Nullable RedisOptions redis, @Nullable CatalogLoader catalog) {
  private static final int BATCH = 500;

  /**
   * Which commit the view's table is at, to see when another one comes; null if there is no table.
   */
  @Nullable Long commit(FeatureView view) {
    if (catalog == null) {
      return null;
    }
    try {
      OfflineSnapshot snapshot = ProjectTables.snapshot(catalog, project, view.name());
      return snapshot.snapshotId();
    } catch (NoSuchTableException e) {
      return null;
    } catch (IOException | RuntimeException e) {
      throw warehouse(view, e);
    }
  }

  /**
   * What they have of the entities.
   *
   * @throws CommandException if a store cannot be read
   */
  ViewContents read(FeatureView view, EntitySample sample, List<SampledEntity> entities) {
    long onlineWatermark = Long.MIN_VALUE;
    Map<SampledEntity, OnlineVector> vectors = null;
    if (redis != null) {
      OnlineLayout layout = OnlineLayout.of(redis.layout(), project, view);
      try (RedisReader reader = new RedisReader(redis)) {
        onlineWatermark = reader.watermark(layout).orElse(Long.MIN_VALUE);
        vectors = vectors(reader, layout, entities);
      } catch (JedisException e) {
        throw new CommandException(
            "Redis at %s cannot be read: %s".formatted(redis.endpoint(), e.getMessage()), e);
      }
    }
    long expired = expired();
    if (catalog == null) {
      return new ViewContents(onlineWatermark, expired, vectors, Long.MIN_VALUE, null, Map.of());
    }
    try (OfflineTableReader reader = OfflineTableReader.open(catalog, project, view)) {
      // Before the rows: what they are said to be complete to, they are.
      Long watermark = reader.snapshot().watermark();
      Map<String, Long> completeFrom = reader.completeFrom();
      Map<SampledEntity, List<OfflineRow>> rows = rows(reader, sample, entities);
      return new ViewContents(
          onlineWatermark,
          expired,
          vectors,
          Objects.requireNonNullElse(watermark, Long.MIN_VALUE),
          rows,
          completeFrom);
    } catch (NoSuchTableException e) {
      throw new CommandException(
          "View '%s': found no table %s.%s in the warehouse"
              .formatted(view.name(), project, view.name()),
          e);
    } catch (IOException | RuntimeException e) {
      throw warehouse(view, e);
    }
  }

  /** Redis forgets a vector some time after it was written, which was not before its instant. */
  private long expired() {
    Duration expireAfter = redis == null ? null : redis.expireAfter();
    return expireAfter == null
        ? Long.MIN_VALUE
        : Clock.systemUTC().instant().minus(expireAfter).toEpochMilli();
  }

  private static Map<SampledEntity, OnlineVector> vectors(
      RedisReader reader, OnlineLayout layout, List<SampledEntity> entities) {
    Map<SampledEntity, OnlineVector> vectors = new HashMap<>();
    for (int from = 0; from < entities.size(); from += BATCH) {
      List<SampledEntity> some = entities.subList(from, Math.min(from + BATCH, entities.size()));
      List<Optional<OnlineVector>> found =
          reader.read(layout, some.stream().map(SampledEntity::key).toList());
      for (int i = 0; i < some.size(); i++) {
        SampledEntity entity = some.get(i);
        found.get(i).ifPresent(vector -> vectors.put(entity, vector));
      }
    }
    return vectors;
  }

  private static Map<SampledEntity, List<OfflineRow>> rows(
      OfflineTableReader reader, EntitySample sample, List<SampledEntity> entities) {
    Map<SampledEntity, List<OfflineRow>> rows = new HashMap<>();
    if (entities.isEmpty()) {
      return rows;
    }
    reader.forEachOf(
        entities.stream().map(SampledEntity::key).toList(),
        row -> {
          SampledEntity entity = sample.get(row.key());
          if (entity != null) {
            rows.computeIfAbsent(entity, added -> new ArrayList<>()).add(row);
          }
        });
    return rows;
  }

  private static CommandException warehouse(FeatureView view, Exception e) {
    return new CommandException(
        "View '%s': the warehouse cannot be read: %s".formatted(view.name(), e.getMessage()), e);
  }
}
