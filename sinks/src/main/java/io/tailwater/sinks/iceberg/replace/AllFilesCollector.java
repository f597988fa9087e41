// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import java.util.ArrayList;
import org.apache.flink.runtime.checkpoint.CheckpointIDCounter;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableSummary;
import org.apache.flink.streaming.api.connector.sink2.CommittableWithLineage;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.iceberg.DataFile;

/**
 * Makes one committable of those of all writers, at the end of a batch job; also if there is no
 * file at all, since the range is to be replaced by nothing then.
 */
final class AllFilesCollector extends AbstractStreamOperator<CommittableMessage<NewFiles>>
    implements OneInputStreamOperator<CommittableMessage<NewFiles>, CommittableMessage<NewFiles>>,
        BoundedOneInput {
  private static final long serialVersionUID = 1;

  /** What Flink commits at the end of a batch job. */
  private static final long CHECKPOINT = CheckpointIDCounter.INITIAL_CHECKPOINT_ID;

  private final ArrayList<DataFile> files = new ArrayList<>();

  @Override
  public void processElement(StreamRecord<CommittableMessage<NewFiles>> element) {
    if (element.getValue() instanceof CommittableWithLineage<NewFiles> message) {
      files.addAll(message.getCommittable().files());
    }
  }

  @Override
  public void endInput() {
    output.collect(new StreamRecord<>(new CommittableSummary<>(0, 1, CHECKPOINT, 1, 0)));
    output.collect(
        new StreamRecord<>(new CommittableWithLineage<>(new NewFiles(files), CHECKPOINT, 0)));
  }
}
