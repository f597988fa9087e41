// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

/**
 * An event of the simulated entity.
 *
 * @param id by which duplicates are known
 * @param time event time in milliseconds
 * @param amount what is summed; at least 1
 */
record SimulatedEvent(int id, long time, long amount) {}
