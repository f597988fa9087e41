// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.settings;

/** How vectors stand in Redis. */
public enum LayoutKind {
  /** A hash a view and entity, in plain text. */
  NATIVE,

  /** That of Feast 0.66: a hash an entity, in Feast's bytes. */
  FEAST
}
