// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import io.tailwater.stores.OnlineVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link VectorQuery} found.
 *
 * @param vectors one for each key, in order; null where there is none
 * @param watermark up to when the view's job has come, in milliseconds: the vectors hold all events
 *     and all steps up to it; null if it has not said
 */
public record VectorAnswer(List<@Nullable OnlineVector> vectors, @Nullable Long watermark) {}
