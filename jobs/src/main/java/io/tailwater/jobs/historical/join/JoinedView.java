// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.join;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.JoinKey;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A view as the join needs it.
 *
 * @param name what it is called here: the view's name or an alias
 * @param view the view's name, by which its table is found
 * @param keys the join keys of its entity, in order, as its table calls them
 * @param features the features to read, in order
 * @param types their types
 * @param formerNames of those of the features that have been renamed, by their names: a table may
 *     not have been changed yet
 * @param before whether a label sees only rows before its instant, instead of at it too
 * @param ttlMillis for how long after its event timestamp a row is good; null for ever
 */
public record JoinedView(
    String name,
    String view,
    List<JoinKey> keys,
    List<String> features,
    List<ValueType> types,
    Map<String, String> formerNames,
    boolean before,
    @Nullable Long ttlMillis)
    implements Serializable {
  public JoinedView {
    requireNonNull(name, "name is null");
    requireNonNull(view, "view is null");
    keys = List.copyOf(keys);
    features = List.copyOf(features);
    types = List.copyOf(types);
    formerNames = Map.copyOf(formerNames);
  }
}
