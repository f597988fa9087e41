// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.retrieval;

import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.definitions.model.View;
import io.tailwater.definitions.model.ViewAlias;
import java.util.List;

/**
 * A view as a read names it.
 *
 * @param name its own, or an alias
 * @param keys its join keys as the caller calls them; empty where it has none of its own
 */
record NamedView(String name, View view, List<JoinKey> keys) {

  static NamedView of(View view) {
    return new NamedView(
        view.name(),
        view,
        view instanceof StoredView stored ? stored.entity().joinKeys() : List.of());
  }

  static NamedView of(ViewAlias alias) {
    return new NamedView(alias.name(), alias.view(), alias.joinKeys());
  }
}
