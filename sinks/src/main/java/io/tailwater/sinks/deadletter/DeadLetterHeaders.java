// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailwater.stores.DeadLetter;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** The headers of a dead letter's Kafka record: UTF-8 text, instants in ISO 8601. */
public final class DeadLetterHeaders {
  public static final String SOURCE = "tailwater.source";

  /** Missing if the event concerns all views of its source. */
  public static final String VIEW = "tailwater.view";

  /** One of {@link DeadLetter.Code}'s names. */
  public static final String CODE = "tailwater.code";

  public static final String MESSAGE = "tailwater.message";

  /** {@code topic/partition/offset}, or {@code file:line}. */
  public static final String POSITION = "tailwater.position";

  /** Missing if the event's time could not be read. */
  public static final String EVENT_TIME = "tailwater.event_time";

  public static final String REJECTED_AT = "tailwater.rejected_at";

  private DeadLetterHeaders() {}

  /**
   * The letter of a record in a topic of dead letters; empty if the record is none, since it has no
   * code or no position.
   */
  public static Optional<DeadLetter> letter(ConsumerRecord<byte[], byte[]> stored) {
    Headers headers = stored.headers();
    String code = text(headers, CODE);
    String position = text(headers, POSITION);
    if (code == null || position == null) {
      return Optional.empty();
    }
    String source = text(headers, SOURCE);
    String message = text(headers, MESSAGE);
    Long rejectedAt = millisOf(text(headers, REJECTED_AT));
    return Optional.of(
        new DeadLetter(
            source == null ? "" : source,
            text(headers, VIEW),
            code,
            message == null ? "" : message,
            position,
            millisOf(text(headers, EVENT_TIME)),
            rejectedAt == null ? stored.timestamp() : rejectedAt,
            stored.key(),
            stored.value()));
  }

  static Headers of(DeadLetter letter) {
    Headers headers = new RecordHeaders();
    add(headers, SOURCE, letter.source());
    add(headers, VIEW, letter.view());
    add(headers, CODE, letter.code());
    add(headers, MESSAGE, letter.message());
    add(headers, POSITION, letter.position());
    add(headers, EVENT_TIME, isoOf(letter.eventTime()));
    add(headers, REJECTED_AT, isoOf(letter.rejectedAt()));
    return headers;
  }

  /** An instant as text; null for null. */
  static @Nullable String isoOf(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis).toString();
  }

  /**
   * The opposite of {@link #isoOf}.
   *
   * @throws java.time.format.DateTimeParseException if it is no such text
   */
  static @Nullable Long millisOf(@Nullable String iso) {
    return iso == null ? null : (Long) Instant.parse(iso).toEpochMilli();
  }

  private static @Nullable String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null ? null : new String(header.value(), UTF_8);
  }

  private static void add(Headers headers, String name, @Nullable String value) {
    if (value != null) {
      headers.add(name, value.getBytes(UTF_8));
    }
  }
}
