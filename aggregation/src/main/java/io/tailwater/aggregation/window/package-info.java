// SPDX-License-Identifier: Apache-2.0
/**
 * The sliding-window state of one entity: a log of events in chunks, two cursors over it – arrival,
 * for the online store, and final, for the offline table – and the one function by which time
 * passes, {@link io.tailwater.aggregation.window.EntityEngine#advanceTo}.
 *
 * <p>Everything here is a function of its arguments. The host (a Flink operator, or a test) stores
 * {@link io.tailwater.aggregation.window.EntityState} and the chunks behind {@link
 * io.tailwater.aggregation.window.ChunkStore}, and says when time has passed.
 */
@NullMarked
package io.tailwater.aggregation.window;

import org.jspecify.annotations.NullMarked;
