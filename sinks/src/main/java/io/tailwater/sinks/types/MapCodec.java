// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.types;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Maps from strings, whose values may be null; what is read keeps its order and is read-only. */
record MapCodec(ValueCodec element) implements ValueCodec {

  @Override
  public void write(Object value, DataOutputView out) throws IOException {
    Map<?, ?> map = (Map<?, ?>) value;
    VarInts.writeUnsigned(map.size(), out);
    for (Object key : map.keySet()) {
      ScalarCodec.STRING.write(key, out);
    }
    NullableValues.write(map.values().toArray(), i -> element, out);
  }

  @Override
  public Object read(DataInputView in) throws IOException {
    int size = VarInts.readSize(in);
    String[] keys = new String[size];
    for (int i = 0; i < size; i++) {
      keys[i] = (String) ScalarCodec.STRING.read(in);
    }
    Object[] values = NullableValues.read(size, i -> element, in);
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      map.put(keys[i], values[i]);
    }
    return Collections.unmodifiableMap(map);
  }
}
