// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.jobs.view.Completeness;
import io.tailwater.stores.redis.OnlineLayout;
import io.tailwater.stores.redis.RedisOptions;
import io.tailwater.stores.redis.RedisReader;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Guards the vectors that are in the online store against a stream that knows less than they: its
 * generation is the newer one, so at the same instant its vectors would go over them.
 */
final class KnownVectors {
  private final Project project;
  private final RedisOptions redis;
  private final Set<String> views;

  private KnownVectors(Project project, RedisOptions redis, Set<String> views) {
    this.project = project;
    this.redis = redis;
    this.views = views;
  }

  /**
   * Finds the views that have vectors.
   *
   * @param beginning the views that the stream has no state of
   * @param topics the sources that are read from Kafka: views of files alone do not count
   * @throws IllegalArgumentException if Redis cannot tell
   */
  static KnownVectors find(
      Project project,
      Collection<FeatureView> beginning,
      RedisOptions redis,
      Collection<EventSource> topics) {
    List<FeatureView> ofTopics =
        beginning.stream()
            .filter(view -> view.inputs().stream().anyMatch(in -> topics.contains(in.source())))
            .toList();
    Set<String> views = new HashSet<>();
    try (RedisReader reader = new RedisReader(redis)) {
      for (FeatureView view : ofTopics) {
        if (!reader.isEmpty(OnlineLayout.of(redis.layout(), project.name(), view))) {
          views.add(view.name());
        }
      }
    } catch (JedisException e) {
      throw new IllegalArgumentException(
          "Redis at %s: cannot tell whether it holds vectors, which a stream without state must know: %s. Expected it to answer, or --cold"
              .formatted(server(redis), e.getMessage()),
          e);
    }
    return new KnownVectors(project, redis, views);
  }

  /** The names of the views that have vectors. */
  Set<String> views() {
    return views;
  }

  /**
   * Refuses a start over vectors without history.
   *
   * @param forgetful the sources of which the stream would not know what was before it
   * @throws IllegalArgumentException if a view of such a source has vectors
   */
  void guard(Set<String> forgetful) {
    List<FeatureView> endangered = known().stream().filter(v -> reads(v, forgetful)).toList();
    if (!endangered.isEmpty()) {
      throw new IllegalArgumentException(
          ("views %s: found vectors in Redis at %s, and no state and no history of %s to start with:"
                  + " the stream's windows would be empty, and its values go over better ones."
                  + " Expected --from-savepoint PATH, to go on where a stream was stopped;"
                  + " --history archive or --history NAME=FILE, to begin with history;"
                  + " or --cold, to begin with what Kafka holds and replace the values that are there")
              .formatted(
                  endangered.stream().map(FeatureView::name).toList(),
                  server(redis),
                  sourcesOf(endangered, forgetful)));
    }
  }

  /**
   * Refuses a start over vectors with history that does not reach far enough back.
   *
   * @param now the clock, for views without a table, in milliseconds since the epoch
   * @throws IllegalArgumentException if a view that has vectors would not be fully known where its
   *     table ends
   */
  void guard(StreamHistory history, long now) {
    for (FeatureView view : known()) {
      long complete = Completeness.ofView(view, history.knownFrom());
      long whole = history.wholeUpTo(view.name());
      long reached = whole == Long.MIN_VALUE ? now : whole;
      if (complete > reached) {
        throw new IllegalArgumentException(
            ("view '%s': found vectors in Redis at %s, and history that makes it complete from %s on only,"
                    + " after %s, where the stream goes on. Expected history of a longest window before that:"
                    + " --history NAME=FILE; or --cold, to replace the values that are there by what is known")
                .formatted(
                    view.name(),
                    server(redis),
                    complete == Completeness.NEVER ? "no instant" : Instant.ofEpochMilli(complete),
                    Instant.ofEpochMilli(reached)));
      }
    }
  }

  private List<FeatureView> known() {
    return project.views().stream().filter(view -> views.contains(view.name())).toList();
  }

  private static boolean reads(FeatureView view, Set<String> sources) {
    return view.inputs().stream().anyMatch(input -> sources.contains(input.source().name()));
  }

  private static List<String> sourcesOf(List<FeatureView> views, Set<String> among) {
    return views.stream()
        .flatMap(view -> view.inputs().stream())
        .map(input -> input.source().name())
        .filter(among::contains)
        .distinct()
        .toList();
  }

  private static String server(RedisOptions redis) {
    return "%s:%d".formatted(redis.endpoint().host(), redis.endpoint().port());
  }
}
