// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The type of a field, a column or a feature, and with it the Java class of its values.
 *
 * <table>
 * <caption>Java classes</caption>
 * <tr><td>BOOL</td><td>{@link Boolean}</td></tr>
 * <tr><td>INT32</td><td>{@link Integer}</td></tr>
 * <tr><td>INT64</td><td>{@link Long}</td></tr>
 * <tr><td>FLOAT</td><td>{@link Float}</td></tr>
 * <tr><td>DOUBLE</td><td>{@link Double}, finite, never −0.0</td></tr>
 * <tr><td>DECIMAL(p,s)</td><td>{@link java.math.BigDecimal} of scale s</td></tr>
 * <tr><td>STRING</td><td>{@link String}</td></tr>
 * <tr><td>BYTES</td><td>{@code byte[]}</td></tr>
 * <tr><td>TIMESTAMP</td><td>{@link Long}, milliseconds since the epoch</td></tr>
 * <tr><td>ARRAY</td><td>{@link java.util.List} of the element's class</td></tr>
 * <tr><td>MAP</td><td>{@link java.util.Map} from {@link String} to the element's class</td></tr>
 * </table>
 *
 * @param kind which of the types
 * @param precision decimal digits in all, 1 to 38; 0 unless {@code kind} is DECIMAL
 * @param scale decimal digits behind the point, 0 to {@code precision}; 0 unless DECIMAL
 * @param element the type of an array's elements or a map's values; null unless ARRAY or MAP
 */
public record ValueType(Kind kind, int precision, int scale, @Nullable ValueType element)
    implements Serializable {

  /** The kinds of values that features and fields have. */
  public enum Kind {
    BOOL,
    INT32,
    INT64,
    FLOAT,
    DOUBLE,
    DECIMAL,
    STRING,
    BYTES,
    TIMESTAMP,
    ARRAY,
    MAP
  }

  public static final ValueType BOOL = simple(Kind.BOOL);
  public static final ValueType INT32 = simple(Kind.INT32);
  public static final ValueType INT64 = simple(Kind.INT64);
  public static final ValueType FLOAT = simple(Kind.FLOAT);
  public static final ValueType DOUBLE = simple(Kind.DOUBLE);
  public static final ValueType STRING = simple(Kind.STRING);
  public static final ValueType BYTES = simple(Kind.BYTES);
  public static final ValueType TIMESTAMP = simple(Kind.TIMESTAMP);

  /** The largest number of digits that a DECIMAL has. */
  public static final int MAX_PRECISION = 38;

  public ValueType {
    requireNonNull(kind, "kind is null");
    if (kind == Kind.DECIMAL
        && (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision)) {
      throw new IllegalArgumentException(
          "DECIMAL(%d, %d): precision must be 1 to 38 and scale 0 to precision"
              .formatted(precision, scale));
    }
    if ((kind == Kind.ARRAY || kind == Kind.MAP) != (element != null)) {
      throw new IllegalArgumentException("%s with element type %s".formatted(kind, element));
    }
  }

  /** DECIMAL(precision, scale). */
  public static ValueType decimal(int precision, int scale) {
    return new ValueType(Kind.DECIMAL, precision, scale, null);
  }

  /** An array of {@code element}. */
  public static ValueType arrayOf(ValueType element) {
    return new ValueType(Kind.ARRAY, 0, 0, element);
  }

  /** A map from STRING to {@code element}. */
  public static ValueType mapOf(ValueType element) {
    return new ValueType(Kind.MAP, 0, 0, element);
  }

  /** Whether values of this type can be added. */
  public boolean isNumeric() {
    return switch (kind) {
      case INT32, INT64, FLOAT, DOUBLE, DECIMAL -> true;
      case BOOL, STRING, BYTES, TIMESTAMP, ARRAY, MAP -> false;
    };
  }

  /**
   * The type as a definition writes it: {@code INT64}, {@code DECIMAL(10,2)}, {@code
   * ARRAY<STRING>}.
   */
  @Override
  public String toString() {
    return switch (kind) {
      case DECIMAL -> "DECIMAL(" + precision + "," + scale + ")";
      case ARRAY -> "ARRAY<" + element + ">";
      case MAP -> "MAP<STRING, " + element + ">";
      case BOOL, INT32, INT64, FLOAT, DOUBLE, STRING, BYTES, TIMESTAMP -> kind.name();
    };
  }

  private static ValueType simple(Kind kind) {
    return new ValueType(kind, 0, 0, null);
  }
}
