// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.stores.redis.NativeLayout;
import io.tailwater.stores.redis.RedisOptions;
import io.tailwater.stores.redis.RedisReader;
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

  KnownVectors(Project project, RedisOptions redis) {
    this.project = project;
    this.redis = redis;
  }

  /**
   * Refuses a start over vectors.
   *
   * @param forgetful the sources of which the stream would not know what was before it
   * @throws IllegalArgumentException if a view of such a source has vectors, or Redis cannot tell
   */
  void guard(Set<String> forgetful) {
    List<FeatureView> endangered =
        project.views().stream()
            .filter(
                view ->
                    view.inputs().stream()
                        .anyMatch(input -> forgetful.contains(input.source().name())))
            .toList();
    if (endangered.isEmpty()) {
      return;
    }
    String server = "%s:%d".formatted(redis.endpoint().host(), redis.endpoint().port());
    try (RedisReader reader = new RedisReader(redis)) {
      List<String> known =
          endangered.stream()
              .filter(view -> !reader.isEmpty(NativeLayout.of(project.name(), view)))
              .map(FeatureView::name)
              .toList();
      if (!known.isEmpty()) {
        throw new IllegalArgumentException(
            ("views %s: found vectors in Redis at %s, and no state and no history of %s to start with:"
                    + " the stream's windows would be empty, and its values go over better ones."
                    + " Expected --from-savepoint PATH, to go on where a stream was stopped;"
                    + " --history archive or --history NAME=FILE, to begin with history;"
                    + " or --cold, to begin with what Kafka holds and replace the values that are there")
                .formatted(known, server, sourcesOf(endangered, known, forgetful)));
      }
    } catch (JedisException e) {
      throw new IllegalArgumentException(
          "Redis at %s: cannot tell whether it holds vectors, which a stream without state must know:"
                  .formatted(server)
              + " %s. Expected it to answer, or --cold".formatted(e.getMessage()),
          e);
    }
  }

  private static List<String> sourcesOf(
      List<FeatureView> views, List<String> names, Set<String> forgetful) {
    return views.stream()
        .filter(view -> names.contains(view.name()))
        .flatMap(view -> view.inputs().stream())
        .map(input -> input.source().name())
        .filter(forgetful::contains)
        .distinct()
        .toList();
  }
}
