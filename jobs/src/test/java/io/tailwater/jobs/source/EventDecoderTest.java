// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.EventTime;
import io.tailwater.definitions.model.Field;
import io.tailwater.stores.DeadLetter;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecoderTest {
  private static final long SEED = 20261123;
  private static final List<Field> FIELDS =
      List.of(
          new Field("id", ValueType.STRING, true),
          new Field("millis", ValueType.INT64, true),
          new Field("text", ValueType.STRING, true));

  @Test
  void refusesATombstone() throws Exception {
    SourceEvent event = json("millis", null, "id").decode("t/0/1", new byte[] {1}, null);

    assertThat(event.errorCode()).isEqualTo("UNDECODABLE");
    assertThat(event.row()).isNull();
    assertThat(event.rawKey()).containsExactly(1);
    assertThat(event.position()).isEqualTo("t/0/1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                                 | UNDECODABLE",
        "{\"millis\": \"x\"}               | SCHEMA_VIOLATION",
        "{\"id\": \"a\"}                   | BAD_EVENT_TIME",
        "{\"millis\": 253402300800000}     | BAD_EVENT_TIME",
        "{\"millis\": -62135596800001}     | BAD_EVENT_TIME",
        "{\"millis\": 9223372036854775807} | BAD_EVENT_TIME",
        "{\"millis\": 5}                   | MISSING_EVENT_ID"
      })
  void givesTheFirstVerdictInOrder(String value, DeadLetter.Code code) throws Exception {
    SourceEvent event = decode(json("millis", null, "id"), value);

    assertThat(event.errorCode()).isEqualTo(code.name());
    assertThat(event.row()).isNull();
    assertThat(event.eventId()).isNull();
    assertThat(event.errorMessage()).isNotEmpty();
    assertThat(event.rawValue()).isEqualTo(value.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                    | 2026-01-31           | 2026-01-31T00:00:00Z",
        "                    | 2026-01-31T12:00:00Z | 2026-01-31T12:00:00Z",
        "yyyy-MM-dd HH:mm:ss | 2026-01-31 12:00:00  | 2026-01-31T11:00:00Z",
        "dd/MM/yyyy          | 31/01/2026           | 2026-01-30T23:00:00Z",
        "yyyy-MM-dd HH:mmXXX | 2026-01-31 12:00-02:00 | 2026-01-31T14:00:00Z"
      })
  void readsEventTimesInTheDeclaredFormat(String format, String text, String instant)
      throws Exception {
    EventDecoder decoder = json("text", format, "id");

    SourceEvent event = decode(decoder, "{\"id\": \"a\", \"text\": \"%s\"}".formatted(text));

    String zone = format == null ? "UTC" : "Europe/Madrid";
    assertThat(event.errorMessage()).as(zone).isNull();
    assertThat(event.eventTime()).isEqualTo(java.time.Instant.parse(instant).toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-02-30 00:00:00", "2026-01-31", "", "x"})
  void refusesEventTimesOfAnotherFormat(String text) throws Exception {
    EventDecoder decoder = json("text", "yyyy-MM-dd HH:mm:ss", "id");

    assertThat(decode(decoder, "{\"id\": \"a\", \"text\": \"%s\"}".formatted(text)).errorCode())
        .isEqualTo("BAD_EVENT_TIME");
  }

  @Test
  void makesTheRecordsPositionItsIdWhereAsked() throws Exception {
    EventDecoder decoder = json("millis", null, "id", "_position");

    SourceEvent first = decoder.decode("f:1", null, "{\"id\":\"a\",\"millis\":1}".getBytes(UTF_8));
    SourceEvent second = decoder.decode("f:2", null, "{\"id\":\"a\",\"millis\":1}".getBytes(UTF_8));

    assertThat(first.eventId()).isNotEqualTo(second.eventId());
  }

  @Test
  void survivesWhateverBytesCome() throws Exception {
    Random random = new Random(SEED);
    EventSource source = TestSources.everyType();
    CsvHeader header = new CsvHeader(source.fields().stream().map(Field::name).toList());
    List<EventDecoder> decoders =
        List.of(
            new EventDecoder(source, new AvroRowDecoder(source)),
            new EventDecoder(source, new JsonRowDecoder(source.fields())),
            new EventDecoder(source, new CsvRowDecoder(source.fields(), header)));
    String alphabet = "{}[]\":,.0123456789eE+-\\untrfalsidpc \n\0ä\uD83D";
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      if (i % 2 == 0) {
        StringBuilder text = new StringBuilder("{\"id\":\"a\",\"at\":");
        random.ints(20, 0, alphabet.length()).forEach(c -> text.append(alphabet.charAt(c)));
        bytes = text.toString().getBytes(UTF_8);
      }
      for (EventDecoder decoder : decoders) {
        SourceEvent event = decoder.decode("p", null, bytes);
        if ((event.row() == null) != (event.errorCode() != null)) {
          fail("seed %d, input %d: %s", SEED, i, event);
        }
      }
    }
  }

  private static EventDecoder json(String timeField, String format, String... id) {
    String zone = format == null ? "UTC" : "Europe/Madrid";
    EventSource source = TestSources.withFields(FIELDS, new EventTime(timeField, format, zone), id);
    return new EventDecoder(source, new JsonRowDecoder(FIELDS));
  }

  private static SourceEvent decode(EventDecoder decoder, String value) throws IOException {
    return decoder.decode("t/0/0", null, value.getBytes(UTF_8));
  }
}
