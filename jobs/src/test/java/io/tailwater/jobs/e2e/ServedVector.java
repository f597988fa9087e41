// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client read.
 *
 * @param instant when, by its clock
 * @param known what was created later is not to be compared with it
 * @param values of all features of the view; null if the entity was not found
 */
record ServedVector(
    List<Object> key, long instant, long known, @Nullable Object @Nullable [] values) {}
