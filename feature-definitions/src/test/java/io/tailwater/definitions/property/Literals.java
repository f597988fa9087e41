// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.property;

import io.tailwater.aggregation.ValueType;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Literals that random values often equal. */
final class Literals {
  private static final String[] WHOLE = {"0", "1", "-1", "2", "50"};
  private static final String[] LONG = {"9007199254740993", "9223372036854775807"};
  private static final String[] REAL = {"0.0", "0.01", "-0.01", "0.5", "1e300", "0.1"};
  private static final String[] TEXT = {"a", "b", "", "ü", "zz", "\uD83D\uDE00", "it''s"};
  private static final String[] MOMENTS = {"1970-01-01 00:00:00", "2012-02-29 12:30:00"};

  private Literals() {}

  /** A literal that compares with values of a type, and is of it but for FLOAT and DECIMAL. */
  static Term of(Random random, ValueType type) {
    return switch (type.kind()) {
      case INT32 -> whole(pick(random, WHOLE));
      case INT64 -> whole(pick(random, random.nextInt(4) == 0 ? LONG : WHOLE));
      case DECIMAL -> whole(pick(random, WHOLE));
      case FLOAT, DOUBLE -> {
        String text = pick(random, REAL);
        String duck = "CAST('%s' AS DOUBLE)".formatted(text);
        Double value = Double.valueOf(text);
        yield new Term(ValueType.DOUBLE, text, duck, row -> value);
      }
      case STRING -> {
        String text = pick(random, TEXT);
        yield Term.literal(type, "'" + text + "'", text.replace("''", "'"));
      }
      case BOOL -> {
        boolean value = random.nextBoolean();
        yield Term.literal(type, value ? "TRUE" : "FALSE", value);
      }
      case TIMESTAMP -> {
        String text = pick(random, MOMENTS);
        Long value = Instant.parse(text.replace(' ', 'T') + "Z").toEpochMilli();
        yield new Term(type, "TIMESTAMP '%s'".formatted(text), value.toString(), row -> value);
      }
      case BYTES, ARRAY, MAP -> throw new IllegalArgumentException("literal of " + type);
    };
  }

  /** Whether a literal of the type can stand where a value of exactly the type must. */
  static boolean areOf(ValueType type) {
    return !List.of(ValueType.Kind.FLOAT, ValueType.Kind.DECIMAL).contains(type.kind());
  }

  private static Term whole(String text) {
    long value = Long.parseLong(text);
    boolean small = value == (int) value;
    return Term.literal(
        small ? ValueType.INT32 : ValueType.INT64,
        text,
        small ? (Object) (int) value : (Object) value);
  }

  private static String pick(Random random, String[] texts) {
    return texts[random.nextInt(texts.length)];
  }
}
