// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.io.IOException;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.iceberg.shaded.org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.iceberg.shaded.org.apache.parquet.io.InputFile;
import org.apache.iceberg.shaded.org.apache.parquet.io.SeekableInputStream;

/** An open file of any of Flink's file systems as Parquet reads it. */
record ParquetFileInput(FSDataInputStream file, long length) implements InputFile {
  @Override
  public long getLength() {
    return length;
  }

  @Override
  public SeekableInputStream newStream() {
    return new Stream(file);
  }

  private static final class Stream extends DelegatingSeekableInputStream {
    private final FSDataInputStream file;

    Stream(FSDataInputStream file) {
      super(file);
      this.file = file;
    }

    @Override
    public long getPos() throws IOException {
      return file.getPos();
    }

    @Override
    public void seek(long position) throws IOException {
      file.seek(position);
    }
  }
}
