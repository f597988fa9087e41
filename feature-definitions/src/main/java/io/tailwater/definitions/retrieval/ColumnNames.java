// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.retrieval;

import io.tailwater.definitions.model.OnDemandFeatureView;
import io.tailwater.definitions.retrieval.References.Requested;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names the columns of a training set. */
final class ColumnNames {
  private ColumnNames() {}

  /**
   * The outputs of these features, in their order: a name that several of them share is qualified
   * by their views' in all of them.
   *
   * @param problems names that are the same even so are added to them
   */
  static List<OutputFeature> of(List<Requested> features, List<String> problems) {
    List<OutputFeature> outputs = features.stream().map(ColumnNames::plain).toList();
    // What is qualified may meet a feature that is called so: then that one is qualified, too.
    Set<String> shared = shared(outputs);
    while (!shared.isEmpty()) {
      List<OutputFeature> qualified = new ArrayList<>();
      for (OutputFeature output : outputs) {
        qualified.add(shared.contains(output.column()) ? qualified(output) : output);
      }
      if (qualified.equals(outputs)) {
        problems.add(
            "several features with the column %s: rename one of them"
                .formatted(String.join(", ", shared)));
        return outputs;
      }
      outputs = qualified;
      shared = shared(outputs);
    }
    return outputs;
  }

  private static OutputFeature plain(Requested requested) {
    String name = requested.feature().name();
    return new OutputFeature(requested.view().name(), name, requested.feature().type(), name);
  }

  private static OutputFeature qualified(OutputFeature output) {
    return new OutputFeature(
        output.view(),
        output.name(),
        output.type(),
        output.view() + OnDemandFeatureView.QUALIFIER + output.name());
  }

  private static Set<String> shared(List<OutputFeature> outputs) {
    Set<String> once = new HashSet<>();
    Set<String> shared = new HashSet<>();
    for (OutputFeature output : outputs) {
      if (!once.add(output.column())) {
        shared.add(output.column());
      }
    }
    return shared;
  }
}
