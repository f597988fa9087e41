// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorState;

/**
 * The newest event time that has come of a source, of filtered events too: a definition that begins
 * later knows what is newer still. What is of the future proves nothing.
 *
 * <p>State layout: operator list state {@code newest-v1}, one time a subtask; the greatest counts.
 */
public final class NewestEvent {
  private static final ListStateDescriptor<Long> STATE =
      new ListStateDescriptor<>("newest-v1", Types.LONG);

  private final ListState<Long> state;
  private long newest = Long.MIN_VALUE;

  NewestEvent(OperatorStateStore store) throws Exception {
    state = store.getListState(STATE);
    for (Long restored : state.get()) {
      saw(restored);
    }
  }

  void saw(long time) {
    if (time > newest) {
      newest = time;
    }
  }

  void snapshot() throws Exception {
    state.update(List.of(newest));
  }

  /**
   * What a savepoint says of a source.
   *
   * @param views the names of the views that it knows
   * @return empty if no view has read the source
   * @throws IOException if it cannot be read
   */
  public static OptionalLong read(
      Iterable<OperatorState> operators, Iterable<String> views, String source) throws IOException {
    OptionalLong newest = OptionalLong.empty();
    for (OperatorState operator : operators) {
      String uid = operator.getOperatorUid().orElse("");
      for (String view : views) {
        if (uid.equals(ViewStreams.projectionUid(view, source))) {
          for (long time :
              SavedEntries.read(operator, STATE.getName(), DataInputStream::readLong)) {
            newest = OptionalLong.of(Math.max(time, newest.orElse(time)));
          }
        }
      }
    }
    return newest;
  }
}
