// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.types;

import io.tailwater.aggregation.ValueType;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Decimals as their unscaled number; the scale is the type's. */
record DecimalCodec(ValueType type) implements ValueCodec {

  @Override
  public void write(Object value, DataOutputView out) throws IOException {
    BigDecimal decimal = (BigDecimal) value;
    if (decimal.scale() != type.scale()) {
      throw new IOException(
          "%s expects scale %d, found %d in %s"
              .formatted(type, type.scale(), decimal.scale(), decimal.toPlainString()));
    }
    ScalarCodec.BYTES.write(decimal.unscaledValue().toByteArray(), out);
  }

  @Override
  public Object read(DataInputView in) throws IOException {
    return new BigDecimal(new BigInteger((byte[]) ScalarCodec.BYTES.read(in)), type.scale());
  }
}
