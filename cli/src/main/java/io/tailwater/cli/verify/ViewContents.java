// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.verify;

import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the stores have of the entities that are looked at.
 *
 * @param onlineWatermark how far the vectors have come, in milliseconds; read before them. {@link
 *     Long#MIN_VALUE} if nothing was published
 * @param expired a vector as of before that instant, in milliseconds, may be gone; {@link
 *     Long#MIN_VALUE} if none may
 * @param vectors missing where there is none; null if Redis is not read
 * @param tableWatermark how far the table has come, in milliseconds; {@link Long#MIN_VALUE} if no
 *     commit says so
 * @param rows of each entity that has any; null if the table is not read
 * @param completeFrom by feature, the first instant of the table at which it is fully known
 */
record ViewContents(
    long onlineWatermark,
    long expired,
    @Nullable Map<SampledEntity, OnlineVector> vectors,
    long tableWatermark,
    @Nullable Map<SampledEntity, List<OfflineRow>> rows,
    Map<String, Long> completeFrom) {}
