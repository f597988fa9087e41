// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Answers for programs. */
public final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final ObjectMapper ONE_LINE = new ObjectMapper();

  private Json() {}

  /**
   * Maps, lists and simple values as JSON on several lines.
   *
   * @throws IllegalArgumentException if there is something else in it
   */
  public static String text(Object value) {
    return write(MAPPER, value);
  }

  /**
   * The same on one line.
   *
   * @throws IllegalArgumentException if there is something else in it
   */
  public static String line(Object value) {
    return write(ONE_LINE, value);
  }

  private static String write(ObjectMapper mapper, Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not for JSON: " + value, e);
    }
  }
}
