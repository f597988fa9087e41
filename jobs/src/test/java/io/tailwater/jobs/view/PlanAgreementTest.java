// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.Window;
import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.evolution.FeatureChange;
import io.tailwater.definitions.evolution.ProjectChange;
import io.tailwater.definitions.evolution.Readiness;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan says before a deployment is what the operator makes of the state after it. */
class PlanAgreementTest {
  private static final long DAY = 86_400_000;
  private static final long NEWEST = 20_500 * DAY + 12_345_678;
  private static final long WATERMARK = NEWEST - 5_000;
  private static final int VERSIONS = 60;

  private static final String PROJECT =
      """
      project: shop
      entities:
        - {name: customer, join_keys: [{name: customer_id, type: INT64}]}
      sources:
        - {name: orders, schema: event.avsc, event_time: at_time, event_id: id, columns: {total: quantity * price}, watermark: {allowed_lateness: 2h}}
        - {name: carts, schema: event.avsc, event_time: at_time, event_id: id, watermark: {allowed_lateness: 3h}}
      feature_views:
        - name: behavior
          entity: customer
          source: orders
          where: %s
          features:
            - {name: %s, aggregate: min(price), window: 2d}
            - {name: of_it, expression: %s * 2}
      """;

  private static final String SCHEMA =
      """
      {"type": "record", "name": "Event", "fields": [
        {"name": "id", "type": "string"},
        {"name": "customer_id", "type": "long"},
        {"name": "at_time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "quantity", "type": "int"},
        {"name": "price", "type": "double"},
        {"name": "status", "type": "string"}
      ]}
      """;

  private static final List<String> AGGREGATES =
      List.of(
          "count(*)",
          "sum(total)",
          "avg(total)",
          "max(price)",
          "stddev_pop(price)",
          "\"last_n(status, 2)\"",
          "count(*), where: status = 'OK'",
          "sum(price), by: status",
          "count(*), source: carts");

  private static final List<String> WINDOWS =
      List.of(
          "1d",
          "2d",
          "10d",
          "{length: 1d, offset: 5d}",
          "{calendar: day, zone: Europe/Lisbon}",
          "{calendar: month}",
          "lifetime",
          "4d, expiry: 1h");

  @TempDir private Path folder;

  @Test
  void ofRandomChanges() throws IOException {
    int accepted = 0;
    for (long seed = 0; seed < VERSIONS; seed++) {
      Random random = new Random(seed);
      boolean otherEvents = random.nextInt(6) == 0;
      Project before = project(random, "price > 0", "least", "least");
      boolean renamed = random.nextBoolean();
      Project after =
          project(
              random,
              otherEvents ? "price > 1" : "price > 0",
              renamed ? "lowest, was: least" : "least",
              renamed ? "lowest" : "least");

      accepted += check(before, after, "seed %d".formatted(seed)) ? 1 : 0;
    }
    assertThat(accepted).as("changes that are not refused").isGreaterThan(VERSIONS / 2);
  }

  /** Whether the change is not refused. */
  private static boolean check(Project before, Project after, String seed) {
    FeatureView view = after.view("behavior").orElseThrow();
    ViewVersion saved = ViewEvolution.first(before.view("behavior").orElseThrow(), Map.of());
    ViewEvolution evolution = new ViewEvolution(saved, view, NEWEST, WATERMARK, Map.of());
    ProjectChange plan = ProjectChange.between(before, after);

    assertThat(plan.allRefusals().isEmpty())
        .as("%s: refused: %s, %s", seed, plan.allRefusals(), evolution.refusals())
        .isEqualTo(evolution.refusals().isEmpty());
    if (!evolution.refusals().isEmpty()) {
      return false;
    }
    Map<String, Long> completeFrom =
        evolution.changesNothing()
            ? saved.completeFromByFeature()
            : evolution.after().completeFromByFeature();
    // In the middle of a period a calendar window holds less than all of it, or the log more.
    boolean exactly = !hasCalendar(before) && !hasCalendar(after);
    for (FeatureChange change : plan.views().get(0).features()) {
      if (change.kind() != FeatureChange.Kind.DROPPED && change.isStored()) {
        check(change, completeFrom.get(change.name()), seed + ": " + change, exactly);
      }
    }
    return true;
  }

  private static void check(FeatureChange change, long completeFrom, String what, boolean exactly) {
    long after = change.readiness().afterMillis();
    if (change.isSame()) {
      assertThat(completeFrom).as(what).isEqualTo(Completeness.ALWAYS);
    } else if (after == Readiness.NEVER) {
      assertThat(completeFrom).as(what).isEqualTo(Completeness.NEVER);
    } else if (change.readiness().isAtOnce()) {
      assertThat(completeFrom).as(what).isEqualTo(WATERMARK);
    } else {
      assertThat(completeFrom).as(what).isLessThanOrEqualTo(NEWEST + 1 + after);
      assertThat(completeFrom > WATERMARK || !exactly).as(what).isTrue();
    }
  }

  private static boolean hasCalendar(Project project) {
    return project.view("behavior").orElseThrow().features().stream()
        .anyMatch(
            feature ->
                feature instanceof AggregateFeature aggregate
                    && aggregate.window() instanceof Window.Calendar);
  }

  private Project project(Random random, String where, String name, String use) throws IOException {
    Path files = Files.createTempDirectory(folder, "project");
    List<String> features = new ArrayList<>();
    for (int aggregate = 0; aggregate < AGGREGATES.size(); aggregate++) {
      for (int window = 0; window < WINDOWS.size(); window++) {
        if (random.nextInt(WINDOWS.get(window).contains("calendar") ? 40 : 12) == 0) {
          String label = "f%d_%d".formatted(aggregate, window);
          features.add(
              "{name: %s, aggregate: %s, window: %s, unbounded_state: true}"
                  .formatted(label, AGGREGATES.get(aggregate), WINDOWS.get(window)));
        }
      }
    }
    // One name for two things, of which one is as often renamed as it is another.
    if (random.nextBoolean()) {
      features.add(
          random.nextBoolean()
              ? "{name: x, aggregate: max(quantity), window: 1d}"
              : "{name: x, aggregate: max(quantity), window: 2d}");
      features.add("{name: y, expression: x + 1}");
    }
    String lines = features.stream().map("      - %s\n"::formatted).reduce("", String::concat);
    Files.writeString(files.resolve("shop.yaml"), PROJECT.formatted(where, name, use) + lines);
    Files.writeString(files.resolve("event.avsc"), SCHEMA);
    return ProjectLoader.load(files);
  }
}
