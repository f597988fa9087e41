// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.types;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Lists, whose elements may be null; what is read cannot be changed. */
record ListCodec(ValueCodec element) implements ValueCodec {

  @Override
  public void write(Object value, DataOutputView out) throws IOException {
    Object[] elements = ((List<?>) value).toArray();
    VarInts.writeUnsigned(elements.length, out);
    NullableValues.write(elements, i -> element, out);
  }

  @Override
  public Object read(DataInputView in) throws IOException {
    int size = VarInts.readSize(in);
    return Collections.unmodifiableList(Arrays.asList(NullableValues.read(size, i -> element, in)));
  }
}
