// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.join;

import io.tailwater.sinks.types.ValuesSerializer;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The rows that the labels of a chunk see, out of the blocks of {@link AsOfJoin}. Not thread-safe.
 */
public final class Answers {
  private final ValuesSerializer[] serializers;
  private final int[] places;

  /**
   * @param views of the entity whose join answers
   * @param places for each of them, where its row goes among those of a label
   */
  public Answers(List<JoinedView> views, int[] places) {
    this.serializers =
        views.stream()
            .map(view -> new ValuesSerializer(view.types()))
            .toArray(ValuesSerializer[]::new);
    this.places = places.clone();
  }

  /**
   * Puts the block's rows where they belong.
   *
   * @param rows one array of rows a label of the chunk
   */
  public void read(Block block, @Nullable Object[] @Nullable [][] rows) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(block.bytes());
    while (in.available() > 0) {
      @Nullable Object[] @Nullable [] label = rows[in.readInt()];
      for (int view = 0; view < serializers.length; view++) {
        boolean found = in.readInt() >= 0;
        label[places[view]] = found ? serializers[view].deserialize(in) : null;
      }
    }
  }
}
