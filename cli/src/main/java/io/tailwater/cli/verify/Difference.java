// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.verify;

import org.jspecify.annotations.Nullable;

/**
 * A store has another value than it should.
 *
 * @param store {@code online} or {@code table}
 * @param key the entity's
 * @param feature null if it is about a whole row or vector
 * @param instant of the value, in milliseconds; null if there is none
 * @param stored for programs
 * @param recomputed for programs
 * @param text what is wrong, in words
 */
record Difference(
    String store,
    Object[] key,
    @Nullable String feature,
    @Nullable Long instant,
    @Nullable Object stored,
    @Nullable Object recomputed,
    String text) {}
