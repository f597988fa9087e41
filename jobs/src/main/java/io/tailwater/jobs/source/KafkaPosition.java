// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

/**
 * Where a record stands in Kafka.
 *
 * @param topic the topic
 * @param partition its partition
 * @param offset the record's offset there
 */
public record KafkaPosition(String topic, int partition, long offset) {
  private static final char SEPARATOR = '/';

  /** The position as {@link SourceEvent#position()} has it. */
  static String text(String topic, int partition, long offset) {
    return topic + SEPARATOR + partition + SEPARATOR + offset;
  }

  /**
   * Reads the position of an event of Kafka; a topic's name has no slash.
   *
   * @throws IllegalArgumentException if it is not of that form
   */
  public static KafkaPosition of(String position) {
    int last = position.lastIndexOf(SEPARATOR);
    int first = position.lastIndexOf(SEPARATOR, last - 1);
    if (first < 0) {
      throw new IllegalArgumentException(
          "position '%s': expected topic/partition/offset".formatted(position));
    }
    return new KafkaPosition(
        position.substring(0, first),
        Integer.parseInt(position.substring(first + 1, last)),
        Long.parseLong(position.substring(last + 1)));
  }
}
