// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving;

/** What a feature's value, or its absence, means: Feast's names. */
public enum FeatureStatus {
  /** There is a value. */
  PRESENT,
  /** The entity is known, and the value is null. */
  NULL_VALUE,
  /** The store has nothing of the entity in the feature's view. */
  NOT_FOUND,
  /** What the store has is older than the view's ttl allows, and was left out. */
  OUTSIDE_MAX_AGE
}
