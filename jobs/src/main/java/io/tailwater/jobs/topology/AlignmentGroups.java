// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.ViewInput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which sources wait for each other: those that some view reads together, directly or through other
 * views. A view's time is that of its source furthest behind, so the others' events would only pile
 * up. Sources that share no view do not stop each other.
 */
final class AlignmentGroups {
  /** For each source the name of one of its group, up to the group's own name, which is its own. */
  private final Map<String, String> next = new HashMap<>();

  private AlignmentGroups() {}

  static AlignmentGroups of(List<FeatureView> views) {
    AlignmentGroups groups = new AlignmentGroups();
    for (FeatureView view : views) {
      groups.join(view.inputs().stream().map(ViewInput::source).toList());
    }
    return groups;
  }

  /** The name of the source's group: that of one of its sources, the first by name. */
  String of(EventSource source) {
    return find(source.name());
  }

  /** Puts sources that are read together, and their groups, into one group. */
  void join(List<EventSource> together) {
    for (EventSource source : together) {
      String one = find(together.get(0).name());
      String other = find(source.name());
      if (one.compareTo(other) < 0) {
        next.put(other, one);
      } else if (other.compareTo(one) < 0) {
        next.put(one, other);
      }
    }
  }

  private String find(String source) {
    String group = source;
    String upper = next.get(group);
    while (upper != null) {
      group = upper;
      upper = next.get(group);
    }
    return group;
  }
}
