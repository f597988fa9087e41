// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import io.tailwater.definitions.Sha256;
import io.tailwater.definitions.expression.ExpressionCompiler;
import io.tailwater.definitions.model.BatchFeatureView;
import io.tailwater.definitions.model.DerivedFeature;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.OnDemandFeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.definitions.model.View;
import io.tailwater.definitions.program.LoggedAggregate;
import io.tailwater.definitions.program.LoggedFeature;
import io.tailwater.definitions.program.LoggedView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Digests of what views and features compute, for those who cannot read definitions: however they
 * are spelled, in which order and with which description, equal digests are equal values. A feature
 * under another name is another one, and so is what uses it by that name.
 */
public final class Contents {
  private final SortedMap<String, String> views = new TreeMap<>();
  private final SortedMap<String, String> stored = new TreeMap<>();

  private Contents(Project project) {
    Map<String, Map<String, String>> features = new HashMap<>();
    for (View view : project.allViews()) {
      Map<String, String> ofView = features(view, features);
      features.put(view.name(), ofView);
      views.put(view.name(), Sha256.of(head(view), new TreeMap<>(ofView).toString()));
      if (view instanceof StoredView storedView) {
        for (Feature feature : storedView.storedFeatures()) {
          stored.put(view.name() + ":" + feature.name(), ofView.getOrDefault(feature.name(), ""));
        }
      }
    }
  }

  /** Those of a project. */
  public static Contents of(Project project) {
    return new Contents(project);
  }

  /** SHA-256 in hexadecimal, by the names of views. */
  public SortedMap<String, String> views() {
    return Collections.unmodifiableSortedMap(views);
  }

  /** The same of stored features, by {@code view:feature}. */
  public SortedMap<String, String> storedFeatures() {
    return Collections.unmodifiableSortedMap(stored);
  }

  private static String head(View view) {
    return view instanceof StoredView stored
        ? "%s %s ttl %s ".formatted(kind(view), stored.entity().joinKeys(), stored.ttlMillis())
        : kind(view) + " ";
  }

  private static String kind(View view) {
    if (view instanceof FeatureView) {
      return "events";
    }
    return view instanceof BatchFeatureView ? "query" : "on demand";
  }

  /**
   * Digests of a view's features, by their names.
   *
   * @param others those of the views before it
   */
  private static Map<String, String> features(View view, Map<String, Map<String, String>> others) {
    Map<String, String> known = new HashMap<>();
    List<Field> row = new ArrayList<>();
    if (view instanceof OnDemandFeatureView onDemand) {
      onDemand
          .inputFeatures()
          .forEach(
              input ->
                  known.put(
                      input.field().name(),
                      others
                          .getOrDefault(input.view().name(), Map.of())
                          .getOrDefault(input.feature(), "")));
      row.addAll(onDemand.row());
    } else {
      row.add(Feature.REQUEST_TIME_FIELD);
    }
    Map<String, String> leaves = leaves(view);
    Map<String, String> digests = new HashMap<>();
    for (Feature feature : view.features()) {
      String content =
          feature instanceof DerivedFeature derived
              ? expression(derived, row, known)
              : leaves.getOrDefault(feature.name(), "");
      String digest =
          Sha256.of(
              "%s default %s = %s".formatted(feature.type(), feature.defaultValue(), content));
      digests.put(feature.name(), digest);
      known.put(feature.name(), digest);
      row.add(new Field(feature.name(), feature.type(), true));
    }
    return digests;
  }

  /** An expression in one spelling, and what the names in it stand for. */
  private static String expression(
      DerivedFeature feature, List<Field> row, Map<String, String> known) {
    Map<String, String> references = new TreeMap<>();
    for (String name : ExpressionCompiler.analyze(feature.expression().sql(), row).references()) {
      references.put(name, known.getOrDefault(name, type(name, row)));
    }
    return ExpressionCompiler.expand(feature.expression().sql(), Map.of()) + references;
  }

  private static String type(String name, List<Field> row) {
    return row.stream()
        .filter(field -> field.name().equals(name))
        .map(field -> field.type().toString())
        .findFirst()
        .orElse("");
  }

  /** What features compute that are no expressions, by their names. */
  private static Map<String, String> leaves(View view) {
    Map<String, String> leaves = new HashMap<>();
    if (view instanceof FeatureView events) {
      LoggedView logged = LoggedView.of(events);
      List<LoggedAggregate> aggregates = logged.aggregates();
      for (LoggedFeature feature : logged.features()) {
        if (feature.aggregate() >= 0) {
          // Records of records, whose text is all that they hold, in one order.
          leaves.put(feature.name(), aggregates.get(feature.aggregate()).toString());
        }
      }
    } else if (view instanceof BatchFeatureView batch) {
      String query =
          "%s %s %s".formatted(batch.query(), BatchLeaves.columns(batch), batch.eventTimestamp());
      batch.columns().forEach(column -> leaves.put(column.name(), query));
    }
    return leaves;
  }
}
