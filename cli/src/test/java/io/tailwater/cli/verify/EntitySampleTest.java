// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.replay.ReplayEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EntitySampleTest {
  private static final int ENTITIES = 1_000;
  private static final int EVENTS = 20_000;
  private static final int SIZE = 50;

  @Test
  void hasAllEventsOfEachEntityInWhateverOrderTheyCome() {
    List<Integer> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      events.add(i);
    }
    Map<String, Set<String>> first = draw(events, 7);
    for (int seed = 0; seed < 10; seed++) {
      Collections.shuffle(events, new Random(seed));
      assertThat(draw(events, 7)).as("shuffled by %d", seed).isEqualTo(first);
    }

    assertThat(first).hasSize(SIZE);
    first.values().forEach(own -> assertThat(own).hasSize(EVENTS / ENTITIES));
  }

  @Test
  void isOfAllKeysAlike() {
    List<Integer> events = new ArrayList<>();
    for (int i = 0; i < ENTITIES; i++) {
      events.add(i);
    }
    Set<String> ever = new HashSet<>();
    Set<Set<String>> samples = new HashSet<>();
    for (long seed = 0; seed < 200; seed++) {
      Set<String> sample = draw(events, seed).keySet();
      samples.add(sample);
      ever.addAll(sample);
    }

    assertThat(samples).hasSize(200);
    // Each is missed with a probability of 0.95 ^ 200.
    assertThat(ever).hasSizeGreaterThan(ENTITIES - 5);
  }

  @Test
  void keysThatLookAlikeAreTwo() {
    EntitySample sample = new EntitySample(SIZE, 1);
    sample.add(new Object[] {"a", "b:c"}, event(1));
    sample.add(new Object[] {"a:b", "c"}, event(2));
    sample.add(new Object[] {"a1:b", "c"}, event(3));

    assertThat(sample.entities()).hasSize(3);
  }

  @Test
  void takesNoNewEntityOnceItIsClosed() {
    EntitySample sample = new EntitySample(SIZE, 1);
    sample.add(new Object[] {1L}, event(1));
    sample.close();
    sample.add(new Object[] {2L}, event(2));
    sample.add(new Object[] {1L}, event(3));

    assertThat(sample.entities()).hasSize(1);
    assertThat(sample.get(new Object[] {1L}).events()).hasSize(2);
    assertThat(sample.get(new Object[] {2L})).isNull();
  }

  private static Map<String, Set<String>> draw(List<Integer> events, long seed) {
    EntitySample sample = new EntitySample(SIZE, seed);
    events.forEach(number -> sample.add(new Object[] {(long) number % ENTITIES}, event(number)));
    Map<String, Set<String>> drawn = new TreeMap<>();
    for (SampledEntity entity : sample.entities()) {
      Set<String> positions = new HashSet<>();
      entity.events().forEach(event -> positions.add(event.position()));
      drawn.put(entity.key()[0].toString(), positions);
    }
    return drawn;
  }

  private static ReplayEvent event(int number) {
    return new ReplayEvent("orders", new Object[0], number, new byte[0], "orders/0/" + number);
  }
}
