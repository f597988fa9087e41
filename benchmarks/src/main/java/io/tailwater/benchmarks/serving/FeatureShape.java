// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks.serving;

import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.OnlineLayout;
import io.tailwater.stores.redis.RedisOptions;
import io.tailwater.stores.redis.RedisWriter;
import io.tailwater.stores.redis.RedisWriterListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The features of Feast's benchmark: 25 views of 10 INT64 features, kept for a day, of entities
 * with an INT64 key, and services of the first 5 views, the first 10, and so on. Beside them a view
 * {@code wide} with 50 features in one hash, so that a bare HMGET can read the same.
 */
final class FeatureShape {
  static final String WIDE = "wide";
  static final String KEY = "entity";

  /** Where keys begin: each has as many digits, as a benchmark of Redis makes them. */
  static final long FIRST_KEY = 1_000_000_000_000L;

  private static final int VIEWS = 25;
  private static final int PER_VIEW = 10;
  private static final int WIDE_FEATURES = 50;
  private static final int VIEWS_PER_SERVICE = 5;

  private final int entities;

  FeatureShape(int entities) {
    this.entities = entities;
  }

  int entities() {
    return entities;
  }

  /** The service of so many features of views of ten. */
  static String service(int features) {
    return "features_" + features;
  }

  /** The value of a feature, which is a function of its name. */
  static long value(long key, String feature) {
    return Math.floorMod(key * 31 + feature.hashCode(), 10_000L);
  }

  /** Writes the definitions into a folder and loads them as {@code tailwater} does. */
  Project define(Path folder, String redis) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("serving.yaml"), definitions());
    Files.writeString(
        folder.resolve("tailwater.yaml"), "redis: {address: \"%s\"}%n".formatted(redis));
    return ProjectLoader.load(folder);
  }

  /** Writes every vector, as a job does. */
  void fill(Project project, RedisOptions redis, long eventTime) throws InterruptedException {
    for (StoredView view : project.storedViews()) {
      OnlineLayout layout = OnlineLayout.of(redis.layout(), project.name(), view);
      List<String> names = layout.features().stream().map(field -> field.name()).toList();
      try (RedisWriter writer = new RedisWriter(layout, redis, RedisWriterListener.NONE)) {
        for (int entity = 0; entity < entities; entity++) {
          long key = FIRST_KEY + entity;
          Object[] values = names.stream().map(name -> value(key, name)).toArray();
          writer.add(
              new OnlineVector(new Object[] {key}, eventTime, OnlineVector.FOREVER, 0, 1, values));
          if (writer.isFull()) {
            writer.flush();
          }
        }
        writer.flush();
      }
    }
  }

  private static String definitions() {
    StringBuilder yaml =
        new StringBuilder(
            """
            project: serving
            entities:
              - {name: entity, join_keys: [{name: entity, type: INT64}]}
            batch_feature_views:
            """);
    for (int view = 0; view < VIEWS; view++) {
      yaml.append(view("view_" + view, "feature_", view * PER_VIEW, PER_VIEW));
    }
    yaml.append(view(WIDE, "wide_", 0, WIDE_FEATURES)).append("feature_services:\n");
    for (int views = VIEWS_PER_SERVICE; views <= VIEWS; views += VIEWS_PER_SERVICE) {
      yaml.append(
          service(
              service(views * PER_VIEW),
              IntStream.range(0, views).mapToObj(view -> "view_" + view).toList()));
    }
    return yaml.append(service(WIDE, List.of(WIDE))).toString();
  }

  private static String view(String name, String prefix, int first, int features) {
    return IntStream.range(first, first + features)
        .mapToObj(feature -> "{name: %s%d, type: INT64}".formatted(prefix, feature))
        .collect(
            Collectors.joining(
                ", ",
                """
                  - name: %s
                    entity: entity
                    ttl: 1d
                    tables: {t: {connector: datagen, columns: {entity: BIGINT, at: TIMESTAMP(3)}}}
                    query: SELECT * FROM t
                    event_timestamp: at
                    features: ["""
                    .indent(2)
                    .stripTrailing()
                    .formatted(name),
                "]\n"));
  }

  private static String service(String name, List<String> views) {
    return views.stream()
        .map("\"%s:*\""::formatted)
        .collect(Collectors.joining(", ", "  - {name: %s, features: [".formatted(name), "]}\n"));
  }
}
