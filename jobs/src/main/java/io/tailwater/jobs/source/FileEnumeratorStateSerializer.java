// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Version 1: nothing, or the unassigned split as {@link FileSplitSerializer} writes it. */
final class FileEnumeratorStateSerializer
    implements SimpleVersionedSerializer<FileEnumeratorState> {
  private static final int VERSION = 1;

  private final FileSplitSerializer splits = new FileSplitSerializer();

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(FileEnumeratorState state) {
    FileSplit split = state.unassigned();
    return split == null ? new byte[0] : splits.serialize(split);
  }

  @Override
  public FileEnumeratorState deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION) {
      throw new IOException(
          "file enumerator state of version %d, expected %d".formatted(version, VERSION));
    }
    return new FileEnumeratorState(
        bytes.length == 0 ? null : splits.deserialize(splits.getVersion(), bytes));
  }
}
