// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.join;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.InputSelectable;
import org.apache.flink.streaming.api.operators.InputSelection;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Joins the labels of its partition, the first input, which it reads to the end first, with the
 * rows of all views of one entity, the second input.
 */
public final class AsOfJoinOperator extends AbstractStreamOperator<Block>
    implements TwoInputStreamOperator<Block, Block, Block>, InputSelectable, BoundedMultiInput {
  private static final long serialVersionUID = 1L;
  private static final int LABELS = 1;

  private final int entity;
  private final List<JoinedView> views;
  private transient @Nullable AsOfJoin join;
  private transient boolean labelsEnded;

  /**
   * @param entity the number of the entity, for the answers
   * @param views those of the entity
   */
  public AsOfJoinOperator(int entity, List<JoinedView> views) {
    this.entity = entity;
    this.views = List.copyOf(views);
  }

  @Override
  public void open() throws Exception {
    super.open();
    join = new AsOfJoin(entity, getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(), views);
    labelsEnded = false;
  }

  @Override
  public InputSelection nextSelection() {
    return labelsEnded ? InputSelection.SECOND : InputSelection.FIRST;
  }

  @Override
  public void processElement1(StreamRecord<Block> labels) {
    join().label(labels.getValue());
  }

  @Override
  public void processElement2(StreamRecord<Block> rows) {
    join().row(rows.getValue());
  }

  @Override
  public void endInput(int input) throws Exception {
    if (input == LABELS) {
      join().endLabels();
      labelsEnded = true;
    } else {
      join().endRows(block -> output.collect(new StreamRecord<>(block)));
      join = null;
    }
  }

  private AsOfJoin join() {
    return requireNonNull(join, "not open");
  }
}
