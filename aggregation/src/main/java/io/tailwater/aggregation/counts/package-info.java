// SPDX-License-Identifier: Apache-2.0
/**
 * Multisets of a column's values that are exact, ordered and invertible, and that cost the same
 * however many values they hold: small ones are inline in the entity's state, big ones lie in pages
 * beside it, of which an operation touches one or two.
 */
@NullMarked
package io.tailwater.aggregation.counts;

import org.jspecify.annotations.NullMarked;
