// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.retrieval;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.StoredView;
import java.io.Serializable;
import java.util.List;

/**
 * What is read of one view.
 *
 * @param name what the view is called in the outputs: its own name or, in a service, an alias
 * @param view whose rows
 * @param keys the view's join keys, in its entity's order, as the caller calls them
 * @param stored the names of the stored features that are needed, in the view's order; empty where
 *     only it matters whether there is a row
 * @param types of these features
 * @param before whether only rows before the instant of the read count; else those at it too
 */
public record ViewRead(
    String name,
    StoredView view,
    List<JoinKey> keys,
    List<String> stored,
    List<ValueType> types,
    boolean before)
    implements Serializable {
  public ViewRead {
    requireNonNull(name, "name is null");
    requireNonNull(view, "view is null");
    keys = List.copyOf(keys);
    stored = List.copyOf(stored);
    types = List.copyOf(types);
    if (stored.size() != types.size()) {
      throw new IllegalArgumentException(
          "%d features with %d types".formatted(stored.size(), types.size()));
    }
  }
}
