// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.io.IOException;
import org.apache.avro.file.SeekableInput;
import org.apache.flink.core.fs.FSDataInputStream;

/** A file of any of Flink's file systems as Avro reads it. */
record AvroFileInput(FSDataInputStream file, long length) implements SeekableInput {
  @Override
  public void seek(long position) throws IOException {
    file.seek(position);
  }

  @Override
  public long tell() throws IOException {
    return file.getPos();
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    return file.read(target, offset, count);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
