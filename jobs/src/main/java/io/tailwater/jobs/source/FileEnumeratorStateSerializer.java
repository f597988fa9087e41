// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Nothing, or the unassigned split as the version of {@link FileSplitSerializer} writes it that has
 * the same number.
 */
final class FileEnumeratorStateSerializer
    implements SimpleVersionedSerializer<FileEnumeratorState> {
  private final FileSplitSerializer splits = new FileSplitSerializer();

  @Override
  public int getVersion() {
    return splits.getVersion();
  }

  @Override
  public byte[] serialize(FileEnumeratorState state) throws IOException {
    FileSplit split = state.unassigned();
    return split == null ? new byte[0] : splits.serialize(split);
  }

  @Override
  public FileEnumeratorState deserialize(int version, byte[] bytes) throws IOException {
    return new FileEnumeratorState(bytes.length == 0 ? null : splits.deserialize(version, bytes));
  }
}
