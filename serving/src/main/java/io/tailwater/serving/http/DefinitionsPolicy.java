// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

/** Which definitions a server starts with. */
public enum DefinitionsPolicy {
  /** Those whose features are applied, if any definitions are. */
  APPLIED,
  /** Any: what others mean is told, and served. */
  ANY
}
