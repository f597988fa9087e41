// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.Project;
import java.util.ArrayList;
import java.util.List;

/**
 * What becomes of a project's views when new definitions of it are deployed over the state and the
 * stores of older ones.
 *
 * @param project its name
 * @param views those that it has, in their order, then those that it had
 * @param refusals why a stream cannot go on at all, beside those of {@code views}
 */
public record ProjectChange(String project, List<ViewChange> views, List<Refusal> refusals) {
  public ProjectChange {
    requireNonNull(project, "project is null");
    views = List.copyOf(views);
    refusals = List.copyOf(refusals);
  }

  /**
   * Compares.
   *
   * @param before the definitions that are deployed
   * @param after those that are to be
   */
  public static ProjectChange between(Project before, Project after) {
    return new ProjectComparison(
            requireNonNull(before, "before is null"), requireNonNull(after, "after is null"))
        .change();
  }

  /** All refusals, those of views too; a stream can go on if there is none. */
  public List<Refusal> allRefusals() {
    List<Refusal> all = new ArrayList<>(refusals);
    views.forEach(view -> all.addAll(view.refusals()));
    return all;
  }

  /** Whether all values are what they were. */
  public boolean isEmpty() {
    return refusals.isEmpty()
        && views.stream().allMatch(view -> view.kind() == ViewChange.Kind.UNCHANGED);
  }
}
