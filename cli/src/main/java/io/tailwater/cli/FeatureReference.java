// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.CommandException;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.StoredView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Features as a command line names them: {@code VIEW:FEATURE}, {@code VIEW:*} or {@code VIEW}. Only
 * what the stores have is meant: not what is computed on read.
 */
final class FeatureReference {
  private FeatureReference() {}

  /**
   * The features that are meant, by view, in the order in which they are named.
   *
   * @throws CommandException if the project has no such view or feature, with those that it has
   */
  static Map<StoredView, List<String>> resolve(Project project, List<String> references) {
    Map<StoredView, Set<String>> resolved = new LinkedHashMap<>();
    for (String reference : references) {
      int colon = reference.indexOf(':');
      StoredView view = view(project, colon < 0 ? reference : reference.substring(0, colon));
      String feature = colon < 0 ? "*" : reference.substring(colon + 1);
      resolved.computeIfAbsent(view, key -> new LinkedHashSet<>()).addAll(features(view, feature));
    }
    Map<StoredView, List<String>> features = new LinkedHashMap<>();
    resolved.forEach((view, names) -> features.put(view, new ArrayList<>(names)));
    return features;
  }

  private static StoredView view(Project project, String name) {
    return project
        .storedView(name)
        .orElseThrow(
            () ->
                new CommandException(
                    "Project %s has no feature view '%s'. It has: %s"
                        .formatted(
                            project.name(),
                            name,
                            String.join(
                                ", ",
                                project.storedViews().stream().map(StoredView::name).toList()))));
  }

  private static List<String> features(StoredView view, String name) {
    List<String> all = view.storedFeatures().stream().map(Feature::name).toList();
    if (name.equals("*")) {
      return all;
    }
    if (view.feature(name).filter(Feature::isReadTime).isPresent()) {
      throw new CommandException(
          "Feature '%s' of view %s is computed when it is read and is in no store. Stored are: %s"
              .formatted(name, view.name(), String.join(", ", all)));
    }
    if (!all.contains(name)) {
      throw new CommandException(
          "Feature view %s has no feature '%s'. It has: %s"
              .formatted(view.name(), name, String.join(", ", all)));
    }
    return List.of(name);
  }
}
