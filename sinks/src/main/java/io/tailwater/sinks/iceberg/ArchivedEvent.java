// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import org.jspecify.annotations.Nullable;

/**
 * An event as it is archived.
 *
 * @param row the values of the source's fields in the schema's order. Not to be changed
 * @param eventTime milliseconds since the epoch
 * @param topic the Kafka topic
 * @param partition the topic's partition
 * @param offset the partition's offset
 */
public record ArchivedEvent(
    @Nullable Object[] row, long eventTime, String topic, int partition, long offset) {}
