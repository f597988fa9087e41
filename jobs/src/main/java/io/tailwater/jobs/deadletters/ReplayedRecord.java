// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.deadletters;

/**
 * A record that was sent to its source's topic once more.
 *
 * @param origin the position of the record that a producer had sent
 * @param count how often that one has been replayed now: 1 for the first time
 */
record ReplayedRecord(String origin, int count) {}
