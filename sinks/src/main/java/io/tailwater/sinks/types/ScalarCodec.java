// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.types;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** The types without parameters. Numbers are short where they are small; floats keep their bits. */
enum ScalarCodec implements ValueCodec {
  BOOL {
    @Override
    public void write(Object value, DataOutputView out) throws IOException {
      out.writeBoolean((Boolean) value);
    }

    @Override
    public Object read(DataInputView in) throws IOException {
      return in.readBoolean();
    }
  },
  INT32 {
    @Override
    public void write(Object value, DataOutputView out) throws IOException {
      VarInts.writeSigned((Integer) value, out);
    }

    @Override
    public Object read(DataInputView in) throws IOException {
      return (int) VarInts.readSigned(in);
    }
  },
  INT64 {
    @Override
    public void write(Object value, DataOutputView out) throws IOException {
      VarInts.writeSigned((Long) value, out);
    }

    @Override
    public Object read(DataInputView in) throws IOException {
      return VarInts.readSigned(in);
    }
  },
  FLOAT {
    @Override
    public void write(Object value, DataOutputView out) throws IOException {
      out.writeInt(Float.floatToRawIntBits((Float) value));
    }

    @Override
    public Object read(DataInputView in) throws IOException {
      return Float.intBitsToFloat(in.readInt());
    }
  },
  DOUBLE {
    @Override
    public void write(Object value, DataOutputView out) throws IOException {
      out.writeLong(Double.doubleToRawLongBits((Double) value));
    }

    @Override
    public Object read(DataInputView in) throws IOException {
      return Double.longBitsToDouble(in.readLong());
    }
  },
  /** Flink's own encoding: any Java string, unpaired surrogates too, of any length. */
  STRING {
    @Override
    public void write(Object value, DataOutputView out) throws IOException {
      StringValue.writeString((String) value, out);
    }

    @Override
    public Object read(DataInputView in) throws IOException {
      return StringValue.readString(in);
    }
  },
  BYTES {
    @Override
    public void write(Object value, DataOutputView out) throws IOException {
      byte[] bytes = (byte[]) value;
      VarInts.writeUnsigned(bytes.length, out);
      out.write(bytes);
    }

    @Override
    public Object read(DataInputView in) throws IOException {
      byte[] bytes = new byte[VarInts.readSize(in)];
      in.readFully(bytes);
      return bytes;
    }
  }
}
