// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailwater.jobs.deadletters.StoredLetter;
import io.tailwater.stores.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters for people and programs.
 *
 * @param withPayload whether what the events say is shown: keys, bytes, and messages that quote
 *     them
 */
public record LetterText(boolean withPayload) {

  /** For people. */
  public List<String> lines(StoredLetter stored) {
    DeadLetter letter = stored.letter();
    List<String> words = new ArrayList<>();
    words.add(Instant.ofEpochMilli(letter.rejectedAt()).toString());
    words.add(letter.code());
    words.add(letter.source() + (letter.view() == null ? "" : " " + letter.view()));
    words.add(SafeText.of(letter.position()));
    if (letter.eventTime() != null) {
      words.add("of " + Instant.ofEpochMilli(letter.eventTime()));
    }
    words.add(letter.value() == null ? "no bytes" : "%,d bytes".formatted(letter.value().length));
    if (stored.replays() > 0) {
      words.add("refused after replay " + stored.replays());
    }
    if (stored.replayed()) {
      words.add("replayed");
    }
    String message = message(letter);
    if (!message.isEmpty()) {
      words.add(SafeText.of(message));
    }
    List<String> lines = new ArrayList<>();
    lines.add(String.join("  ", words));
    if (withPayload) {
      add(lines, "key", letter.key());
      add(lines, "value", letter.value());
    }
    return lines;
  }

  /** For programs. */
  public Map<String, @Nullable Object> json(StoredLetter stored) {
    DeadLetter letter = stored.letter();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("rejected_at", Instant.ofEpochMilli(letter.rejectedAt()).toString());
    json.put("code", letter.code());
    json.put("source", letter.source());
    json.put("view", letter.view());
    json.put("position", letter.position());
    json.put("place", stored.place());
    json.put(
        "event_time",
        letter.eventTime() == null ? null : Instant.ofEpochMilli(letter.eventTime()).toString());
    json.put("message", message(letter));
    json.put("key_bytes", letter.key() == null ? null : letter.key().length);
    json.put("value_bytes", letter.value() == null ? null : letter.value().length);
    json.put("replays", stored.replays());
    json.put("replayed", stored.replayed());
    if (withPayload) {
      put(json, "key", letter.key());
      put(json, "value", letter.value());
    }
    return json;
  }

  private String message(DeadLetter letter) {
    return withPayload ? letter.message() : SafeText.withoutValues(letter.message());
  }

  private static void add(List<String> lines, String name, byte @Nullable [] bytes) {
    if (bytes != null) {
      lines.add("  %-5s  %s".formatted(name, SafeText.of(bytes)));
    }
  }

  /** As in files of dead letters: as text if it is UTF-8. */
  private static void put(
      Map<String, @Nullable Object> json, String name, byte @Nullable [] bytes) {
    if (bytes == null) {
      json.put(name, null);
      return;
    }
    try {
      json.put(name, UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      json.put(name + "_base64", Base64.getEncoder().encodeToString(bytes));
    }
  }
}
