// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

/**
 * What an oracle needs of an event that counts.
 *
 * @param time milliseconds since the epoch
 * @param amount finite; not −0.0
 */
record Purchase(long time, double amount) {}
