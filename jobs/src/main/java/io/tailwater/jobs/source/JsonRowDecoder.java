// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.tailwater.definitions.model.Field;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one JSON object a record, names as in the schema. Names that the schema does not have are
 * ignored; a missing name is a null; a name that stands twice is refused, since readers differ on
 * which one counts.
 */
final class JsonRowDecoder implements RowDecoder {
  private static final int MAX_DEPTH = 64;

  private final List<Field> fields;
  private final Map<String, Integer> places = new HashMap<>();
  private final BitSet seen = new BitSet();
  private final Violations violations = new Violations();
  private final JsonFactory json =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  JsonRowDecoder(List<Field> fields) {
    this.fields = fields;
    for (int i = 0; i < fields.size(); i++) {
      places.put(fields.get(i).name(), i);
    }
  }

  @Override
  public @Nullable Object[] decode(byte[] bytes) throws RejectedException {
    violations.reset();
    seen.clear();
    @Nullable Object[] row = new @Nullable Object[fields.size()];
    try (JsonParser parser = json.createParser(bytes)) {
      readObject(parser, row);
    } catch (JsonProcessingException e) {
      throw RejectedException.undecodable("not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw RejectedException.undecodable("not JSON: " + e.getMessage());
    }
    requireNonNulls(row);
    violations.throwFirst();
    return row;
  }

  private void readObject(JsonParser parser, @Nullable Object[] row)
      throws IOException, RejectedException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw RejectedException.undecodable(
          "found %s, expected a JSON object".formatted(parser.currentToken()));
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      Integer place = places.get(name);
      if (place == null) {
        parser.skipChildren();
      } else {
        row[place] = readField(parser, place);
      }
    }
    if (parser.nextToken() != null) {
      throw RejectedException.undecodable(
          "found %s behind the object, expected its end".formatted(parser.currentToken()));
    }
  }

  private @Nullable Object readField(JsonParser parser, int place)
      throws IOException, RejectedException {
    Field field = fields.get(place);
    if (seen.get(place)) {
      throw RejectedException.undecodable("found the name twice, expected it once")
          .in(field.name());
    }
    seen.set(place);
    violations.enter(field.name());
    try {
      return JsonValues.read(parser, field.type(), violations);
    } catch (RejectedException e) {
      throw e.in(field.name());
    }
  }

  private void requireNonNulls(@Nullable Object[] row) {
    for (int i = 0; i < row.length; i++) {
      Field field = fields.get(i);
      if (row[i] == null && !field.nullable()) {
        violations.enter(field.name());
        violations.add(seen.get(i) ? "null" : "nothing", "a required " + field.type());
      }
    }
  }
}
