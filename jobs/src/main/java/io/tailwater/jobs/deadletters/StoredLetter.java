// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.deadletters;

import io.tailwater.stores.DeadLetter;

/**
 * A dead letter where it is kept.
 *
 * @param letter the letter
 * @param place where it stands: {@code topic/partition/offset}, or {@code file:line}
 * @param replays how often its record had been replayed when it was refused; 0 for one that came
 *     from a producer
 * @param replayed whether it has been replayed since
 */
public record StoredLetter(DeadLetter letter, String place, int replays, boolean replayed) {}
