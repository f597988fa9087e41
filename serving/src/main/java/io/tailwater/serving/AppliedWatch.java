// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving;

import io.tailwater.definitions.evolution.Disagreements;
import io.tailwater.definitions.model.Project;
import io.tailwater.stores.redis.AppliedDefinitions;
import io.tailwater.stores.redis.DefinitionsRegistry;
import io.tailwater.stores.redis.RedisOptions;
import io.tailwater.stores.redis.RegistryException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares a reader's definitions with those that are applied. To ask again costs one read of two
 * fields; only a version that is new is compared. Thread-safe.
 */
final class AppliedWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AppliedWatch.class);

  private final Project project;
  private final DefinitionsRegistry registry;
  private DefinitionsRegistry.@Nullable Head compared;
  private DefinitionsAgreement agreement = DefinitionsAgreement.NOTHING_APPLIED;

  AppliedWatch(Project project, RedisOptions redis) {
    this.project = project;
    this.registry = new DefinitionsRegistry(redis.withConnections(1), project.name());
  }

  /**
   * How they stand now.
   *
   * @throws RegistryException if Redis does not answer
   */
  synchronized DefinitionsAgreement look() {
    DefinitionsRegistry.Head head = registry.head().orElse(null);
    if (head == null) {
      compared = null;
      agreement = DefinitionsAgreement.NOTHING_APPLIED;
    } else if (!head.equals(compared)) {
      agreement = compare(head);
      compared = head;
      tell();
    }
    return agreement;
  }

  private DefinitionsAgreement compare(DefinitionsRegistry.Head head) {
    try {
      Optional<AppliedDefinitions> applied = AppliedDefinitions.find(registry);
      return applied
          .map(
              found ->
                  new DefinitionsAgreement(
                      found.published().version(),
                      Disagreements.ofReader(found.project(), project)))
          .orElse(DefinitionsAgreement.NOTHING_APPLIED);
    } catch (RegistryException e) {
      // It answered a moment ago: these are definitions that cannot be read.
      return new DefinitionsAgreement(head.version(), List.of(String.valueOf(e.getMessage())));
    }
  }

  private void tell() {
    if (agreement.isAgreed()) {
      LOG.info(
          "Project '{}': version {} of the definitions is applied, and agrees with what is read",
          project.name(),
          agreement.appliedVersion());
    } else {
      LOG.warn(
          "Project '{}': version {} of the definitions is applied, and what is read by others may"
              + " mean something else: {}",
          project.name(),
          agreement.appliedVersion(),
          agreement.differences());
    }
  }

  @Override
  public void close() {
    registry.close();
  }
}
