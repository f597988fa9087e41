// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Version 2: the number of records read, as a big-endian long, then the file's name as modified
 * UTF-8. Version 1, from when a location was one file: the number alone.
 */
final class FileSplitSerializer implements SimpleVersionedSerializer<FileSplit> {
  private static final int VERSION = 2;
  private static final int INITIAL_SIZE = 64;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(FileSplit split) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(INITIAL_SIZE);
    out.writeLong(split.recordsRead());
    out.writeUTF(split.file());
    return out.getCopyOfBuffer();
  }

  @Override
  public FileSplit deserialize(int version, byte[] bytes) throws IOException {
    return switch (version) {
      case 1 -> deserializeV1(bytes);
      case VERSION -> {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        long recordsRead = in.readLong();
        yield new FileSplit(in.readUTF(), recordsRead);
      }
      default ->
          throw new IOException(
              "file split of version %d, expected 1 to %d".formatted(version, VERSION));
    };
  }

  private static FileSplit deserializeV1(byte[] bytes) throws IOException {
    if (bytes.length != Long.BYTES) {
      throw new IOException(
          "file split of version 1 and %d bytes, expected 8 bytes".formatted(bytes.length));
    }
    return new FileSplit(FileSplit.FIRST, ByteBuffer.wrap(bytes).getLong());
  }
}
