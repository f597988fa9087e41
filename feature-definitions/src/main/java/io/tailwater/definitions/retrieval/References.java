// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.retrieval;

import io.tailwater.definitions.expression.Suggestions;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureReference;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.View;
import io.tailwater.definitions.model.ViewAlias;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what references mean, and collects what is wrong with them. */
final class References {
  private final Map<String, NamedView> views = new LinkedHashMap<>();
  private final Map<FeatureReference, Requested> requested = new LinkedHashMap<>();
  private final List<String> problems;

  /** A feature that is asked for. */
  record Requested(NamedView view, Feature feature) {}

  private References(Project project, List<ViewAlias> aliases, List<String> problems) {
    project.allViews().forEach(view -> views.put(view.name(), NamedView.of(view)));
    aliases.forEach(alias -> views.put(alias.name(), NamedView.of(alias)));
    this.problems = problems;
  }

  /**
   * The features, each once, where it is first asked for.
   *
   * @param aliases views under other names, which hide views of these names
   * @param problems what is wrong is added to them
   */
  static List<Requested> resolve(
      Project project,
      List<FeatureReference> references,
      List<ViewAlias> aliases,
      List<String> problems) {
    References resolved = new References(project, aliases, problems);
    if (references.isEmpty()) {
      problems.add("no features, expected at least one 'view:feature' or 'view:*'");
    }
    references.forEach(resolved::add);
    return List.copyOf(resolved.requested.values());
  }

  private void add(FeatureReference reference) {
    NamedView named = views.get(reference.view());
    if (named == null) {
      problems.add(
          unknown(
              "feature view '%s' in '%s'".formatted(reference.view(), reference),
              reference.view(),
              List.copyOf(views.keySet())));
      return;
    }
    View view = named.view();
    if (reference.isAll()) {
      view.features().forEach(feature -> put(named, feature));
      return;
    }
    Optional<Feature> feature = view.feature(reference.feature());
    feature.ifPresent(found -> put(named, found));
    if (feature.isEmpty()) {
      problems.add(
          unknown(
              "feature '%s' of '%s'".formatted(reference.feature(), named.name()),
              reference.feature(),
              view.features().stream().map(Feature::name).toList()));
    }
  }

  private void put(NamedView view, Feature feature) {
    requested.putIfAbsent(
        new FeatureReference(view.name(), feature.name()), new Requested(view, feature));
  }

  private static String unknown(String found, String name, List<String> known) {
    List<String> parts = new ArrayList<>();
    parts.add(
        "unknown %s, expected %s"
            .formatted(
                found,
                known.isEmpty() ? "a name; there is none" : "one of " + String.join(", ", known)));
    Suggestions.didYouMean(name, known).map("(%s)"::formatted).ifPresent(parts::add);
    return String.join(" ", parts);
  }
}
