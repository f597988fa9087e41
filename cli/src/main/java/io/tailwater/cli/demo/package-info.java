// SPDX-License-Identifier: Apache-2.0
/**
 * {@code tailwater demo}: a synthetic shop, the pipeline on real services, and a recomputation of
 * every stored value from what the shop produced.
 *
 * <p>What must become of each produced event is fixed when it is made, not measured afterwards:
 *
 * <ul>
 *   <li>An event is delayed by less than the allowed lateness. A partition's watermark follows the
 *       newest event that was sent before, and all of those are at most that delay ahead: the event
 *       cannot be too late, however fast or slow the job is.
 *   <li>Too-late events are sent only once the job has published a watermark, and are older than
 *       that by more than the allowed lateness: a watermark never goes back.
 *   <li>Future events lie hours ahead of the clock, which the run does not reach.
 *   <li>Duplicates repeat an event of the same partition, behind it.
 * </ul>
 */
@NullMarked
package io.tailwater.cli.demo;

import org.jspecify.annotations.NullMarked;
