// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.counts;

import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.bytes.CorruptBytesException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What stands for the values of a type: keys of one class that have the values' order. */
enum KeyForm {
  /** INT32, INT64 and TIMESTAMP. */
  LONG(0) {
    @Override
    Object key(Object value, int scale) {
      return value;
    }

    @Override
    Object value(Object key, int scale) {
      return key;
    }
  },
  /** FLOAT and DOUBLE: their bits, those of negative numbers turned round. */
  DOUBLE(1) {
    @Override
    Object key(Object value, int scale) {
      return KeyCodec.ordered((Double) value);
    }

    @Override
    Object value(Object key, int scale) {
      return KeyCodec.toDouble((Long) key);
    }

    @Override
    void write(Keys keys, ByteWriter out) {
      KeyCodec.writeDoubles(((LongKeys) keys).keys(), out);
    }

    @Override
    Keys read(int size, ByteReader in) {
      return new LongKeys(KeyCodec.readDoubles(size, in));
    }
  },
  /** BOOL: 0 and 1. */
  BOOL(2) {
    @Override
    Object key(Object value, int scale) {
      return (Boolean) value ? 1L : 0L;
    }

    @Override
    Object value(Object key, int scale) {
      return (Long) key != 0;
    }
  },
  /** DECIMAL of up to 18 digits: the unscaled value. */
  DECIMAL(3) {
    @Override
    Object key(Object value, int scale) {
      return unscaled(value, scale).longValueExact();
    }

    @Override
    Object value(Object key, int scale) {
      return BigDecimal.valueOf((Long) key, scale);
    }
  },
  /** Longer DECIMAL: 16 bytes, of two's complement with the sign turned, the highest first. */
  WIDE_DECIMAL(4) {
    @Override
    Object key(Object value, int scale) {
      byte[] bytes = unscaled(value, scale).toByteArray();
      byte[] key = new byte[WIDE_BYTES];
      int skipped = WIDE_BYTES - bytes.length;
      if (skipped < 0) {
        throw new IllegalArgumentException("%s has too many digits".formatted(value));
      }
      Arrays.fill(key, 0, skipped, (byte) (bytes[0] >> 7));
      System.arraycopy(bytes, 0, key, skipped, bytes.length);
      key[0] ^= Byte.MIN_VALUE;
      return key;
    }

    @Override
    Object value(Object key, int scale) {
      byte[] bytes = ((byte[]) key).clone();
      bytes[0] ^= Byte.MIN_VALUE;
      return new BigDecimal(new BigInteger(bytes), scale);
    }

    @Override
    Keys none() {
      return ByteKeys.NONE;
    }

    @Override
    void write(Keys keys, ByteWriter out) {
      KeyCodec.writeBytes(((ByteKeys) keys).keys(), out);
    }

    @Override
    Keys read(int size, ByteReader in) {
      return new ByteKeys(KeyCodec.readBytes(size, in));
    }
  },
  /** STRING: UTF-8, of which the order of bytes is that of code points. */
  STRING(5) {
    @Override
    Object key(Object value, int scale) {
      return ((String) value).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    Object value(Object key, int scale) {
      return new String((byte[]) key, StandardCharsets.UTF_8);
    }

    @Override
    Keys none() {
      return ByteKeys.NONE;
    }

    @Override
    void write(Keys keys, ByteWriter out) {
      KeyCodec.writeBytes(((ByteKeys) keys).keys(), out);
    }

    @Override
    Keys read(int size, ByteReader in) {
      return new ByteKeys(KeyCodec.readBytes(size, in));
    }
  };

  private final int code;

  KeyForm(int code) {
    this.code = code;
  }

  /** What stands for the form in stored bytes. */
  int code() {
    return code;
  }

  /**
   * The form of a {@link #code}.
   *
   * @throws CorruptBytesException if there is none
   */
  static KeyForm ofCode(int code) {
    for (KeyForm form : values()) {
      if (form.code == code) {
        return form;
      }
    }
    throw new CorruptBytesException("a page of keys of the unknown form %d".formatted(code));
  }

  private static final int WIDE_BYTES = 16;
  private static final int MAX_LONG_DIGITS = 18;

  static KeyForm of(ValueType type) {
    return switch (type.kind()) {
      case INT32, INT64, TIMESTAMP -> LONG;
      case FLOAT, DOUBLE -> DOUBLE;
      case BOOL -> BOOL;
      case DECIMAL -> type.precision() <= MAX_LONG_DIGITS ? DECIMAL : WIDE_DECIMAL;
      case STRING -> STRING;
      case BYTES, ARRAY, MAP ->
          throw new IllegalArgumentException("values of %s are not counted".formatted(type));
    };
  }

  /**
   * The key of a value.
   *
   * @param scale of a decimal, else 0
   */
  abstract Object key(Object value, int scale);

  abstract Object value(Object key, int scale);

  Keys none() {
    return LongKeys.NONE;
  }

  /** Appends keys without their number. */
  void write(Keys keys, ByteWriter out) {
    KeyCodec.writeLongs(((LongKeys) keys).keys(), out);
  }

  Keys read(int size, ByteReader in) {
    return new LongKeys(KeyCodec.readLongs(size, in));
  }

  private static BigInteger unscaled(Object value, int scale) {
    BigDecimal decimal = (BigDecimal) value;
    if (decimal.scale() != scale) {
      throw new IllegalArgumentException("%s is not of scale %d".formatted(decimal, scale));
    }
    return decimal.unscaledValue();
  }
}
