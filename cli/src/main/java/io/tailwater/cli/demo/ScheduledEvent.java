// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

/**
 * An event with its place in the order of sending.
 *
 * @param arrival when it reaches the shop's topic, in the milliseconds of event time
 */
record ScheduledEvent(long arrival, ProducedEvent event) {}
