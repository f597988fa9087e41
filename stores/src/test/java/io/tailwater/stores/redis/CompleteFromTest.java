// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Field;
import io.tailwater.stores.OnlineVector;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

class CompleteFromTest {
  private static final long SEED = 13;
  private static final List<Field> FEATURES =
      List.of(
          new Field("a", ValueType.INT64, true),
          new Field("b", ValueType.INT64, true),
          new Field("c", ValueType.INT64, true));

  @Test
  void namesWhatIsNotKnownAsOfEachVector() {
    Random random = new Random(SEED);
    CompleteFrom completeFrom = new CompleteFrom(FEATURES);
    long[] instants = {Long.MIN_VALUE, 5, OnlineVector.FOREVER};
    for (int i = 0; i < 5_000; i++) {
      if (random.nextInt(20) == 0) {
        instants = random.longs(3, 0, 10).toArray();
      } else if (random.nextInt(3) == 0) {
        instants = instants.clone();
      }
      long asOf = random.nextInt(12) - 1;
      assertThat(completeFrom.text(vector(asOf, instants)))
          .as("seed %d, case %d", SEED, i)
          .isEqualTo(expected(asOf, instants));
    }
  }

  private static String expected(long asOf, long[] instants) {
    StringJoiner text = new StringJoiner(",", "{", "}");
    for (int i = 0; i < instants.length; i++) {
      if (instants[i] > asOf) {
        text.add("\"%s\":%d".formatted(FEATURES.get(i).name(), instants[i]));
      }
    }
    return text.toString();
  }

  @Test
  void isMadeAnewOnlyWhereAnInstantWasPassed() {
    CompleteFrom completeFrom = new CompleteFrom(FEATURES);
    String text = completeFrom.text(vector(3, 2, 5, OnlineVector.FOREVER));

    assertThat(completeFrom.text(vector(4, 2, 5, OnlineVector.FOREVER))).isSameAs(text);
    assertThat(completeFrom.text(vector(2, 2, 5, OnlineVector.FOREVER))).isSameAs(text);
    assertThat(completeFrom.text(vector(5, 2, 5, OnlineVector.FOREVER)))
        .isEqualTo("{\"c\":9223372036854775807}");
    assertThat(completeFrom.text(vector(1, 2, 5, OnlineVector.FOREVER)))
        .isEqualTo("{\"a\":2,\"b\":5,\"c\":9223372036854775807}");
  }

  private static OnlineVector vector(long asOf, long... instants) {
    return new OnlineVector(
        new Object[] {1L}, asOf, OnlineVector.FOREVER, 1, 1, new Object[3], instants);
  }
}
