// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the definitions that features are read by stand to those that are applied.
 *
 * @param appliedVersion the version that is applied; null if none is
 * @param differences what of the reader's features is not applied, or computes something else: a
 *     sentence each, in whose {@code a → b} the applied one stands first; empty if they agree
 */
public record DefinitionsAgreement(@Nullable Long appliedVersion, List<String> differences) {
  /** Where nothing is applied, nothing is held against it. */
  public static final DefinitionsAgreement NOTHING_APPLIED =
      new DefinitionsAgreement(null, List.of());

  public DefinitionsAgreement {
    differences = List.copyOf(differences);
  }

  /** Whether what is read means what is applied. */
  public boolean isAgreed() {
    return differences.isEmpty();
  }
}
