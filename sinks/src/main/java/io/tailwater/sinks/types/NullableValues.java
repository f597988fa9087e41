// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.types;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A row of values, some of them null: a bitmap that marks the nulls, then the others in order. */
final class NullableValues {
  private NullableValues() {}

  /** Which codec writes the value at an index. */
  interface Codecs {
    ValueCodec at(int index);
  }

  static void write(Object[] values, Codecs codecs, DataOutputView out) throws IOException {
    for (int start = 0; start < values.length; start += Byte.SIZE) {
      out.writeByte(nullBits(values, start));
    }
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        codecs.at(i).write(values[i], out);
      }
    }
  }

  static Object[] read(int size, Codecs codecs, DataInputView in) throws IOException {
    if (size <= Byte.SIZE) {
      // Most rows are this short, and every event on its way between two tasks has some.
      return readShort(size, codecs, in);
    }
    byte[] nulls = new byte[(size + Byte.SIZE - 1) / Byte.SIZE];
    in.readFully(nulls);
    Object[] values = new Object[size];
    for (int i = 0; i < size; i++) {
      if ((nulls[i / Byte.SIZE] & (1 << (i % Byte.SIZE))) == 0) {
        values[i] = codecs.at(i).read(in);
      }
    }
    return values;
  }

  private static Object[] readShort(int size, Codecs codecs, DataInputView in) throws IOException {
    int nulls = size == 0 ? 0 : in.readByte();
    Object[] values = new Object[size];
    for (int i = 0; i < size; i++) {
      if ((nulls & (1 << i)) == 0) {
        values[i] = codecs.at(i).read(in);
      }
    }
    return values;
  }

  private static int nullBits(Object[] values, int start) {
    int bits = 0;
    int end = Math.min(values.length, start + Byte.SIZE);
    for (int i = start; i < end; i++) {
      bits |= values[i] == null ? 1 << (i - start) : 0;
    }
    return bits;
  }
}
