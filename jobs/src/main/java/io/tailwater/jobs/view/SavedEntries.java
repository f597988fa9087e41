// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.OperatorStateHandle;

/** Reads list states of operators, which are small, straight from a savepoint. */
final class SavedEntries {
  private SavedEntries() {}

  @FunctionalInterface
  interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  /** The entries of all subtasks; none if the operator has no state of the name. */
  static <T> List<T> read(OperatorState operator, String state, Reader<T> reader)
      throws IOException {
    List<T> entries = new ArrayList<>();
    for (OperatorSubtaskState subtask : operator.getStates()) {
      for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
        OperatorStateHandle.StateMetaInfo place =
            handle.getStateNameToPartitionOffsets().get(state);
        if (place != null) {
          try (FSDataInputStream in = handle.openInputStream()) {
            for (long offset : place.getOffsets()) {
              in.seek(offset);
              entries.add(reader.read(new DataInputStream(in)));
            }
          }
        }
      }
    }
    return entries;
  }
}
