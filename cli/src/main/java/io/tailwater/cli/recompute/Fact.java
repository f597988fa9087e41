// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.recompute;

import org.jspecify.annotations.Nullable;

/**
 * What a view takes from one applied event of an entity.
 *
 * @param eventTime milliseconds since the epoch
 * @param inputs one for each aggregate of the view, in its order: what it aggregates, or null; for
 *     {@code count(*)} anything
 */
public record Fact(long eventTime, @Nullable Object[] inputs) {}
