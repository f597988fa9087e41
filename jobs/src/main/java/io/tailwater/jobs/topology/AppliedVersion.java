// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.evolution.Contents;
import io.tailwater.definitions.evolution.Disagreements;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.sinks.iceberg.DefinitionStamps;
import io.tailwater.stores.redis.AppliedDefinitions;
import io.tailwater.stores.redis.RedisOptions;
import io.tailwater.stores.redis.RegistryException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.flink.CatalogLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a job to the definitions that are applied, if any are: what it writes stands beside what
 * others write and read by them.
 */
public final class AppliedVersion {
  private static final Logger LOG = LoggerFactory.getLogger(AppliedVersion.class);

  private static final String ADVICE =
      "Expected what servers and other jobs have, else values of two meanings would stand under one"
          + " name: run the job with the applied definitions, or make these the applied ones"
          + " ('tailwater plan' says what that means, 'tailwater apply' does it)";

  private final @Nullable AppliedDefinitions applied;

  private AppliedVersion(@Nullable AppliedDefinitions applied) {
    this.applied = applied;
  }

  /**
   * Compares a stream's definitions with the applied ones. Of an applied view over events that the
   * stream does not have there would be no new values: so it has to have all of them.
   *
   * @param redis where they are published
   * @throws IllegalArgumentException if they are others, with what is different and what to do
   * @throws RegistryException if Redis does not answer
   */
  static AppliedVersion requireForStream(Project project, RedisOptions redis) {
    AppliedDefinitions applied = find(project, redis);
    Set<String> views = new HashSet<>();
    project.views().forEach(view -> views.add(view.name()));
    if (applied != null) {
      applied.project().views().forEach(view -> views.add(view.name()));
    }
    return require(project, applied, views);
  }

  /**
   * Compares the definitions of some views with the applied ones.
   *
   * @param redis where they are published
   * @throws IllegalArgumentException if they are others, with what is different and what to do
   * @throws RegistryException if Redis does not answer
   */
  public static AppliedVersion require(
      Project project, RedisOptions redis, Collection<? extends StoredView> views) {
    Set<String> names = new HashSet<>();
    views.forEach(view -> names.add(view.name()));
    return require(project, find(project, redis), names);
  }

  private static @Nullable AppliedDefinitions find(Project project, RedisOptions redis) {
    return AppliedDefinitions.find(redis, project.name()).orElse(null);
  }

  private static AppliedVersion require(
      Project project, @Nullable AppliedDefinitions applied, Set<String> views) {
    if (applied != null) {
      List<String> differences = Disagreements.ofJob(applied.project(), project, views::contains);
      if (!differences.isEmpty()) {
        throw new IllegalArgumentException(
            "the definitions are not those that are applied, %s:%n  %s%n%s"
                .formatted(
                    applied, String.join(System.lineSeparator() + "  ", differences), ADVICE));
      }
    }
    return new AppliedVersion(applied);
  }

  /**
   * The same of a job that writes offline tables alone: where no Redis is given, or it does not
   * answer, it is held to the stamps of the tables.
   *
   * @param redis null where none is given
   */
  static AppliedVersion requireOffline(
      Project project, @Nullable RedisOptions redis, CatalogLoader catalog) throws IOException {
    if (redis != null) {
      try {
        return require(project, redis, project.views());
      } catch (RegistryException e) {
        LOG.warn("The job is held to the stamps of the tables alone", e);
      }
    }
    requireStamps(project, catalog);
    return new AppliedVersion(null);
  }

  private static void requireStamps(Project project, CatalogLoader catalog) throws IOException {
    Map<String, String> own = Contents.of(project).views();
    List<String> others = new ArrayList<>();
    for (StoredView view : project.storedViews()) {
      String digest = own.get(view.name());
      if (DefinitionStamps.appliedDigest(catalog, project.name(), view.name())
          .filter(stamp -> !stamp.equals(digest))
          .isPresent()) {
        others.add(view.name());
      }
    }
    if (!others.isEmpty()) {
      throw new IllegalArgumentException(
          "the tables of %s are stamped with other definitions than these. %s"
              .formatted(String.join(", ", others), ADVICE));
    }
  }

  /** Stamps the tables of the job's views with the version, if one is applied. */
  public void stamp(CatalogLoader catalog, String project, Collection<? extends StoredView> views)
      throws IOException {
    if (applied == null) {
      return;
    }
    for (StoredView view : views) {
      String digest = requireNonNull(applied.published().views().get(view.name()), view.name());
      DefinitionStamps.written(
          catalog, project, view.name(), applied.published().version(), digest);
    }
  }
}
