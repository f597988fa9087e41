// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical;

import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.retrieval.RetrievalPlan;
import io.tailwater.definitions.retrieval.ViewRead;
import io.tailwater.jobs.historical.join.JoinedView;
import io.tailwater.jobs.historical.output.FeatureColumn;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a training set is made of: the views by the key that they are joined by.
 *
 * @param retrieval which features, of which views, computed how
 * @param views the views as they are joined, in the order of {@code retrieval}
 * @param joins one for each different key
 * @param fields what is read of each label beside its instant: the request's fields, then the keys
 *     of the joins
 */
record TrainingSetPlan(
    RetrievalPlan retrieval, List<JoinedView> views, List<Join> joins, List<Field> fields)
    implements Serializable {

  /**
   * The views of one key.
   *
   * @param keys the join keys, as the labels call them
   * @param firstField where the key begins among the plan's fields
   * @param views the places of its views among the plan's
   */
  record Join(List<JoinKey> keys, int firstField, List<Integer> views) implements Serializable {

    /** The key as people read it. */
    String name() {
      return String.join("-", keys.stream().map(JoinKey::name).toList());
    }
  }

  TrainingSetPlan {
    views = List.copyOf(views);
    joins = List.copyOf(joins);
    fields = List.copyOf(fields);
  }

  /** The plan of a retrieval. */
  static TrainingSetPlan of(RetrievalPlan retrieval) {
    List<JoinedView> views = new ArrayList<>();
    Map<List<JoinKey>, List<Integer>> byKey = new LinkedHashMap<>();
    for (ViewRead read : retrieval.views()) {
      byKey.computeIfAbsent(read.keys(), key -> new ArrayList<>()).add(views.size());
      views.add(
          new JoinedView(
              read.name(),
              read.view().name(),
              read.view().entity().joinKeys(),
              read.stored(),
              read.types(),
              formerNames(read),
              read.before(),
              read.view().ttlMillis()));
    }
    List<Field> fields = new ArrayList<>(retrieval.requestFields());
    List<Join> joins = new ArrayList<>();
    byKey.forEach(
        (keys, own) -> {
          joins.add(new Join(keys, fields.size(), List.copyOf(own)));
          keys.forEach(key -> fields.add(new Field(key.name(), key.type(), true)));
        });
    return new TrainingSetPlan(retrieval, views, joins, fields);
  }

  private static Map<String, String> formerNames(ViewRead read) {
    Map<String, String> formerNames = new HashMap<>();
    for (Feature feature : read.view().storedFeatures()) {
      String was = feature.was();
      if (was != null && read.stored().contains(feature.name())) {
        formerNames.put(feature.name(), was);
      }
    }
    return formerNames;
  }

  /** The views of a join. */
  List<JoinedView> viewsOf(Join join) {
    return join.views().stream().map(views::get).toList();
  }

  /** The columns behind those of the labels. */
  List<FeatureColumn> columns() {
    return retrieval.outputs().stream()
        .map(output -> new FeatureColumn(output.column(), output.type()))
        .toList();
  }
}
