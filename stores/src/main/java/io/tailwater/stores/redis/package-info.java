// SPDX-License-Identifier: Apache-2.0
/**
 * The online store in Redis: its native layout, the fence that keeps writes from going back, the
 * writer and the reader.
 *
 * <p>A vector is one HASH ({@link io.tailwater.stores.redis.NativeLayout}); it is replaced as a
 * whole by one script that runs atomically in the server ({@code fence.lua}); what a view's job has
 * completed stands in a HASH beside it ({@code progress.lua}). Every command touches one key, so a
 * Redis Cluster serves as well. Redis 6.2 or later, or Valkey.
 */
@NullMarked
package io.tailwater.stores.redis;

import org.jspecify.annotations.NullMarked;
