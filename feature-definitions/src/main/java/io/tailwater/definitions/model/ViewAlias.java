// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * A stored view under another name, read by keys of other names: the same features of a customer,
 * once as the buyer and once as the seller.
 *
 * @param name what it is called instead
 * @param view the view that is read
 * @param keys what the caller calls a join key, by the join key's name; those that are not there
 *     keep their names
 */
public record ViewAlias(String name, StoredView view, Map<String, String> keys)
    implements Serializable {
  public ViewAlias {
    requireNonNull(name, "name is null");
    requireNonNull(view, "view is null");
    keys = Map.copyOf(keys);
    List<String> joinKeys = view.entity().joinKeys().stream().map(JoinKey::name).toList();
    if (!joinKeys.containsAll(keys.keySet())) {
      throw new IllegalArgumentException(
          "alias '%s' renames %s, but the join keys of '%s' are %s"
              .formatted(name, keys.keySet(), view.name(), joinKeys));
    }
  }

  /** The view's join keys, in their order, as the caller calls them. */
  public List<JoinKey> joinKeys() {
    return view.entity().joinKeys().stream()
        .map(key -> new JoinKey(keys.getOrDefault(key.name(), key.name()), key.type()))
        .toList();
  }
}
