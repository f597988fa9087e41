// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.DefinitionException;
import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.model.Project;
import java.time.Instant;
import java.util.Optional;

/**
 * The definitions of a project that are applied, read back.
 *
 * @param published as they stand in the registry
 * @param project what they say
 */
public record AppliedDefinitions(PublishedDefinitions published, Project project) {
  public AppliedDefinitions {
    requireNonNull(published, "published is null");
    requireNonNull(project, "project is null");
  }

  /**
   * Those of a project; empty if none are applied.
   *
   * @param project its name
   * @throws RegistryException if Redis does not answer, or this version cannot read them
   */
  public static Optional<AppliedDefinitions> find(RedisOptions redis, String project) {
    try (DefinitionsRegistry registry = new DefinitionsRegistry(redis, project)) {
      return find(registry);
    }
  }

  /** The same of a registry. */
  public static Optional<AppliedDefinitions> find(DefinitionsRegistry registry) {
    return registry.read().map(published -> read(published, registry));
  }

  private static AppliedDefinitions read(
      PublishedDefinitions published, DefinitionsRegistry registry) {
    try {
      return new AppliedDefinitions(published, ProjectLoader.load(published.files()));
    } catch (DefinitionException e) {
      throw new RegistryException(
          "%s: found version %d, which this version of Tailwater cannot read:%n%s%nExpected to be run by the version that applied it; or delete the key, and apply again, which compares with nothing"
              .formatted(registry.location(), published.version(), e.getMessage()),
          e);
    }
  }

  /** {@code version 3 of 2026-11-28T12:00:00Z}. */
  @Override
  public String toString() {
    return "version %d of %s"
        .formatted(published.version(), Instant.ofEpochMilli(published.appliedAt()));
  }
}
