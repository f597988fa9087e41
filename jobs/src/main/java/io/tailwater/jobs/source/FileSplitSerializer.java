// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Version 1: the number of records read, as a big-endian long. */
final class FileSplitSerializer implements SimpleVersionedSerializer<FileSplit> {
  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(FileSplit split) {
    return ByteBuffer.allocate(Long.BYTES).putLong(split.recordsRead()).array();
  }

  @Override
  public FileSplit deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION || bytes.length != Long.BYTES) {
      throw new IOException(
          "file split of version %d and %d bytes, expected version %d and 8 bytes"
              .formatted(version, bytes.length, VERSION));
    }
    return new FileSplit(ByteBuffer.wrap(bytes).getLong());
  }
}
