// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tailwater.stores.DeadLetter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.serialization.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as one line of JSON. Key and value are text if they are UTF-8; else they are in
 * Base64 under the names {@code key_base64} and {@code value_base64}.
 */
final class DeadLetterJson implements Encoder<DeadLetter> {
  private static final long serialVersionUID = 1;
  private static final JsonFactory JSON = new JsonFactory();

  @Override
  public void encode(DeadLetter letter, OutputStream stream) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("source", letter.source());
      json.writeStringField("view", letter.view());
      json.writeStringField("code", letter.code());
      json.writeStringField("message", letter.message());
      json.writeStringField("position", letter.position());
      json.writeStringField("event_time", DeadLetterHeaders.isoOf(letter.eventTime()));
      json.writeStringField("rejected_at", DeadLetterHeaders.isoOf(letter.rejectedAt()));
      writeBytes(json, "key", letter.key());
      writeBytes(json, "value", letter.value());
      json.writeEndObject();
    }
    line.write('\n');
    line.writeTo(stream);
  }

  /**
   * The opposite of {@link #encode}.
   *
   * @throws IOException if the line is no dead letter
   */
  static DeadLetter decode(String line) throws IOException {
    Map<String, @Nullable String> fields = new HashMap<>();
    try (JsonParser json = JSON.createParser(line)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        fields.put(name, json.nextToken() == JsonToken.VALUE_NULL ? null : json.getText());
      }
    }
    String code = fields.get("code");
    String position = fields.get("position");
    Long rejectedAt = DeadLetterHeaders.millisOf(fields.get("rejected_at"));
    if (code == null || position == null || rejectedAt == null) {
      throw new IOException("found no code, position or rejected_at, expected a dead letter");
    }
    return new DeadLetter(
        orEmpty(fields.get("source")),
        fields.get("view"),
        code,
        orEmpty(fields.get("message")),
        position,
        DeadLetterHeaders.millisOf(fields.get("event_time")),
        rejectedAt,
        bytes(fields, "key"),
        bytes(fields, "value"));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static byte @Nullable [] bytes(Map<String, @Nullable String> fields, String name) {
    String text = fields.get(name);
    if (text != null) {
      return text.getBytes(UTF_8);
    }
    String base64 = fields.get(name + "_base64");
    return base64 == null ? null : Base64.getDecoder().decode(base64);
  }

  private static void writeBytes(JsonGenerator json, String name, byte @Nullable [] bytes)
      throws IOException {
    String text = bytes == null ? null : textOf(bytes);
    if (bytes != null && text == null) {
      json.writeBinaryField(name + "_base64", bytes);
    } else {
      json.writeStringField(name, text);
    }
  }

  /** The text of {@code bytes}; null if they are no UTF-8. */
  private static @Nullable String textOf(byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
