// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;

/** A file of one of Flink's file systems, for Iceberg. */
record FlinkInputFile(String location) implements InputFile {

  @Override
  public long getLength() {
    Path path = new Path(location);
    try {
      return path.getFileSystem().getFileStatus(path).getLen();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + location, e);
    }
  }

  @Override
  public SeekableInputStream newStream() {
    Path path = new Path(location);
    try {
      return new Stream(path.getFileSystem().open(path));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + location, e);
    }
  }

  @Override
  public boolean exists() {
    try {
      return FlinkFiles.exists(location);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + location, e);
    }
  }

  private static final class Stream extends SeekableInputStream {
    private final FSDataInputStream in;

    private Stream(FSDataInputStream in) {
      this.in = in;
    }

    @Override
    public long getPos() throws IOException {
      return in.getPos();
    }

    @Override
    public void seek(long position) throws IOException {
      in.seek(position);
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      return in.read(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
