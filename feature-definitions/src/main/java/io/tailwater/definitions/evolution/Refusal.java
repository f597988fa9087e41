// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import static java.util.Objects.requireNonNull;

/**
 * A change that a stream cannot go on over.
 *
 * @param subject what of the definitions it is about, as {@code customer_behavior:spend_30d}
 * @param found what has been changed
 * @param advice what to do instead
 * @param isHealedByHistory whether a stream that begins with history, without the savepoint, makes
 *     it good; else the definitions have to be others
 */
public record Refusal(String subject, String found, String advice, boolean isHealedByHistory) {
  public Refusal {
    requireNonNull(subject, "subject is null");
    requireNonNull(found, "found is null");
    requireNonNull(advice, "advice is null");
  }

  /** One that asks for other definitions. */
  Refusal(String subject, String found, String advice) {
    this(subject, found, advice, false);
  }

  @Override
  public String toString() {
    return "%s: %s: %s".formatted(subject, found, advice);
  }
}
