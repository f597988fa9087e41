// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.apply;

import io.tailwater.cli.apply.ApplyReport.Outcome;
import io.tailwater.cli.console.CommandException;
import io.tailwater.cli.plan.RegistryPlan;
import io.tailwater.definitions.LoadedProject;
import io.tailwater.definitions.evolution.Contents;
import io.tailwater.definitions.evolution.Obstacle;
import io.tailwater.sinks.iceberg.DefinitionStamps;
import io.tailwater.stores.redis.AppliedDefinitions;
import io.tailwater.stores.redis.DefinitionsRegistry;
import io.tailwater.stores.redis.PublishedDefinitions;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.flink.CatalogLoader;
import org.jspecify.annotations.Nullable;

/** One try to apply a project's definitions. */
public final class ApplyRun {
  private final LoadedProject own;
  private final DefinitionsRegistry registry;
  private final @Nullable CatalogLoader catalog;
  private final Clock clock;

  /**
   * @param own what is to be applied
   * @param registry of the project
   * @param catalog where its tables are; null for none
   */
  public ApplyRun(
      LoadedProject own,
      DefinitionsRegistry registry,
      @Nullable CatalogLoader catalog,
      Clock clock) {
    this.own = own;
    this.registry = registry;
    this.catalog = catalog;
    this.clock = clock;
  }

  /**
   * Compares with what is applied, publishes in one step, and stamps the tables.
   *
   * @param accepted what is meant, by its name
   * @throws CommandException if another apply came first, or nothing of an accepted name needs it
   * @throws io.tailwater.stores.redis.RegistryException if Redis does not answer
   */
  public ApplyReport apply(Set<String> accepted) throws IOException, InterruptedException {
    AppliedDefinitions applied = AppliedDefinitions.find(registry).orElse(null);
    if (applied != null && applied.published().digest().equals(own.files().digest())) {
      return new ApplyReport(
          Outcome.UNCHANGED,
          own.project(),
          applied.published(),
          null,
          List.of(),
          stamp(applied.published()));
    }
    RegistryPlan plan = applied == null ? null : RegistryPlan.of(applied, own.project());
    List<Obstacle> obstacles = plan == null ? List.of() : plan.obstacles();
    requireKnown(accepted, obstacles);
    List<Obstacle> left = obstacles.stream().filter(each -> !each.isAmong(accepted)).toList();
    if (!left.isEmpty()) {
      return new ApplyReport(Outcome.REFUSED, own.project(), null, plan, left, List.of());
    }
    PublishedDefinitions next = publish(applied, plan);
    return new ApplyReport(Outcome.APPLIED, own.project(), next, plan, List.of(), stamp(next));
  }

  private PublishedDefinitions publish(
      @Nullable AppliedDefinitions applied, @Nullable RegistryPlan plan)
      throws IOException, InterruptedException {
    long seen = applied == null ? 0 : applied.published().version();
    SortedMap<String, String> retired = plan == null ? new TreeMap<>() : plan.retired();
    PublishedDefinitions next =
        new PublishedDefinitions(
            Math.max(seen, newestStamp()) + 1,
            clock.millis(),
            own.files(),
            Contents.of(own.project()).views(),
            retired);
    if (!registry.publish(next, seen)) {
      throw new CommandException(
          "another version was applied while this one was compared with %s: nothing is changed; run 'tailwater plan' again"
              .formatted(applied == null ? "nothing" : applied));
    }
    return next;
  }

  /** A Redis that has lost what was applied must not give a number a second time. */
  private long newestStamp() throws IOException {
    return catalog == null ? 0 : DefinitionStamps.newest(catalog, own.project().name());
  }

  private List<String> stamp(PublishedDefinitions definitions) throws IOException {
    return catalog == null
        ? List.of()
        : DefinitionStamps.applied(
            catalog, own.project().name(), definitions.version(), definitions.views());
  }

  private static void requireKnown(Set<String> accepted, List<Obstacle> obstacles) {
    Set<String> unknown = new LinkedHashSet<>(accepted);
    for (Obstacle obstacle : obstacles) {
      unknown.removeIf(name -> obstacle.isAmong(Set.of(name)));
    }
    if (!unknown.isEmpty()) {
      List<String> known =
          obstacles.stream().filter(Obstacle::isAcceptable).map(Obstacle::subject).toList();
      throw new CommandException(
          "--accept %s: found nothing of that name that has to be accepted, expected %s"
              .formatted(
                  String.join(", ", unknown),
                  known.isEmpty() ? "no --accept" : "one of " + String.join(", ", known)));
    }
  }
}
