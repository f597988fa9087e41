// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.explain;

import io.tailwater.definitions.model.StoredView;
import io.tailwater.definitions.replay.Question;
import io.tailwater.sinks.iceberg.OfflineTableReader;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.OnlineLayout;
import io.tailwater.stores.redis.RedisOptions;
import io.tailwater.stores.redis.RedisReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.flink.CatalogLoader;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisException;

/** Reads what both stores have of an entity; a store that cannot be read is no failure. */
final class StoreReader {
  private final String project;
  private final List<StoredView> views;
  private final Question question;

  /**
   * @param project the project's name
   * @param views that the feature is made of
   */
  StoreReader(String project, List<StoredView> views, Question question) {
    this.project = project;
    this.views = views;
    this.question = question;
  }

  /**
   * The rows of the tables.
   *
   * @param catalog null if none is configured
   */
  TableContents table(@Nullable CatalogLoader catalog) {
    if (catalog == null) {
      return TableContents.unread(
          "no warehouse: pass --warehouse URI, or write it into tailwater.yaml");
    }
    Map<String, List<OfflineRow>> rows = new HashMap<>();
    Map<String, Long> watermarks = new HashMap<>();
    for (StoredView view : views) {
      try (OfflineTableReader reader = OfflineTableReader.open(catalog, project, view)) {
        // Before the rows: what they are said to be complete to, they are.
        Long watermark = reader.snapshot().watermark();
        if (watermark != null) {
          watermarks.put(view.name(), watermark);
        }
        rows.put(view.name(), reader.rowsOf(question.key(view.entity())));
      } catch (NoSuchTableException e) {
        return TableContents.unread("no table %s.%s".formatted(project, view.name()));
      } catch (IOException | RuntimeException e) {
        return TableContents.unread("the warehouse cannot be read: " + e.getMessage());
      }
    }
    return new TableContents(rows, watermarks, null);
  }

  /**
   * The vectors in Redis.
   *
   * @param options null if none is configured
   */
  OnlineContents online(@Nullable RedisOptions options) {
    if (options == null) {
      return OnlineContents.unread(
          "no Redis: pass --redis HOST:PORT, or write it into tailwater.yaml");
    }
    Map<String, OnlineVector> vectors = new HashMap<>();
    Map<String, Long> watermarks = new HashMap<>();
    try (RedisReader reader = new RedisReader(options)) {
      for (StoredView view : views) {
        OnlineLayout layout = OnlineLayout.of(options.layout(), project, view);
        reader.watermark(layout).ifPresent(mark -> watermarks.put(view.name(), mark));
        reader
            .read(layout, question.key(view.entity()))
            .ifPresent(vector -> vectors.put(view.name(), vector));
      }
      return new OnlineContents(vectors, watermarks, null);
    } catch (JedisException e) {
      return OnlineContents.unread(
          "Redis at %s cannot be read: %s".formatted(options.endpoint(), e.getMessage()));
    }
  }
}
