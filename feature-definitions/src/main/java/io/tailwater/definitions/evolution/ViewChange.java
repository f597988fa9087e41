// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What becomes of a view.
 *
 * @param name the view's name
 * @param kind what has happened
 * @param differences what its definition says differently, apart from its features
 * @param features those that it has, in their order, then those that it had
 * @param refusals why a stream cannot go on with it; empty if it can
 */
public record ViewChange(
    String name,
    Kind kind,
    List<Difference> differences,
    List<FeatureChange> features,
    List<Refusal> refusals) {

  /** What has happened to a view. */
  public enum Kind {
    /** All values are what they were. */
    UNCHANGED,
    CHANGED,
    ADDED,
    /** Its table and its vectors stay where they are, and get no new ones. */
    DROPPED
  }

  public ViewChange {
    requireNonNull(name, "name is null");
    requireNonNull(kind, "kind is null");
    differences = List.copyOf(differences);
    features = List.copyOf(features);
    refusals = List.copyOf(refusals);
  }
}
