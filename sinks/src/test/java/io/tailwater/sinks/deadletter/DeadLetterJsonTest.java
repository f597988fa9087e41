// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.stores.DeadLetter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadLetterJsonTest {

  @Test
  void textStaysReadable() throws IOException {
    assertThat(json(Letters.letter("{\"total\": \"12 €\"}".getBytes(UTF_8))))
        .isEqualTo(
            "{\"source\":\"orders\",\"view\":\"customer_behavior\",\"code\":\"MISSING_KEY\","
                + "\"message\":\"field 'customer_id' is missing: expected INT64\","
                + "\"position\":\"orders/3/42\",\"event_time\":\"2026-01-01T00:00:00.123Z\","
                + "\"rejected_at\":\"2026-01-01T00:00:01Z\",\"key\":\"k1\","
                + "\"value\":\"{\\\"total\\\": \\\"12 €\\\"}\"}\n");
  }

  @Test
  void otherBytesAreInBase64() throws IOException {
    assertThat(json(Letters.letter(new byte[] {(byte) 0xff, 0, 1})))
        .endsWith("\"key\":\"k1\",\"value_base64\":\"/wAB\"}\n");
  }

  @Test
  void whatIsMissingIsNull() throws IOException {
    DeadLetter sparse =
        new DeadLetter("orders", null, "UNDECODABLE", "no", "orders/0/7", null, 5, null, null);

    assertThat(json(sparse))
        .contains("\"view\":null", "\"event_time\":null", "\"key\":null,\"value\":null}");
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    DeadLetter sparse =
        new DeadLetter("orders", null, "UNDECODABLE", "no", "orders/0/7", null, 5, null, null);
    for (DeadLetter letter :
        List.of(
            sparse,
            Letters.letter("12 €\n".getBytes(UTF_8)),
            Letters.letter(new byte[] {(byte) 0xff, 0, 1}))) {
      assertThat(DeadLetterJson.decode(json(letter).strip()))
          .usingRecursiveComparison()
          .isEqualTo(letter);
    }
  }

  private static String json(DeadLetter letter) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new DeadLetterJson().encode(letter, out);
    return out.toString(UTF_8);
  }
}
