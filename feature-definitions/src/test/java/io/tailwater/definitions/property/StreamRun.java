// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.random.HostileTimes;
import io.tailwater.aggregation.random.TimeScale;
import io.tailwater.aggregation.window.EntityEngine;
import io.tailwater.definitions.program.InputProgram;
import io.tailwater.definitions.program.ViewProgram;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A hostile stream of a few entities through a view's programs and engine. */
final class StreamRun {
  private static final int ENTITIES = 3;
  private static final String[] TEXT_KEYS = {"a", "", "\uD83D\uDE00"};
  private static final Long[] NUMBER_KEYS = {7L, -1L, 0L};

  private final Random random;
  private final PlainView view;
  private final ViewProgram program;
  private final EntityEngine engine;
  private final TimeScale scale;
  private final List<ValueType> joinKeys;
  private final Map<List<Object>, EntityRun> entities = new LinkedHashMap<>();
  private final List<HostileTimes> times = new ArrayList<>();
  private long watermark = Long.MIN_VALUE;

  StreamRun(
      Random random,
      PlainView view,
      ViewProgram program,
      TimeScale scale,
      List<ValueType> joinKeys) {
    this.random = random;
    this.view = view;
    this.program = program;
    this.scale = scale;
    this.joinKeys = joinKeys;
    long lateness = random.nextInt(40) * scale.unit();
    this.engine = new EntityEngine(program.plan(), lateness, program::features);
    for (int i = 0; i < ENTITIES; i++) {
      times.add(new HostileTimes(random, scale, program.plan()));
    }
  }

  /** The entities that had events. */
  Collection<EntityRun> run(int mostEvents) {
    for (int i = random.nextInt(mostEvents); i >= 0; i--) {
      // The first one is hot.
      int entity = random.nextBoolean() ? 0 : random.nextInt(ENTITIES);
      receive(entity, times.get(entity).next());
      if (random.nextInt(4) == 0) {
        advance(clock() - random.nextInt(30) * scale.unit());
      }
      entities.values().forEach(each -> each.storeAndLoad(random));
    }
    advance(clock() + random.nextInt(200) * scale.unit());
    for (EntityRun entity : entities.values()) {
      entity.advance(watermark, true);
      entity.checkTable();
    }
    return entities.values();
  }

  private long clock() {
    return times.stream().mapToLong(HostileTimes::clock).max().orElseThrow();
  }

  private void advance(long instant) {
    watermark = Math.max(watermark, instant);
    boolean correct = random.nextInt(4) == 0;
    entities.values().forEach(entity -> entity.advance(watermark, correct));
  }

  private void receive(int entity, long time) {
    int source = random.nextInt(view.sources().size());
    int number = random.nextInt(3);
    List<Object> key = key(entity);
    Object[] fields = view.sources().get(source).event(random, time, key);
    Object[] plain = view.sources().get(source).row(fields, time);

    InputProgram input = program.input(source);
    Object[] row = input.extend(fields, time);
    boolean accepted = input.accepts(row);
    assertThat(accepted)
        .as("where of %s", new Recomputation(view, List.of(event(time, source, number, plain))))
        .isEqualTo(view.accepts(source, plain));
    List<Object> found = new ArrayList<>();
    for (Object part : input.key(row)) {
      found.add(part);
    }
    assertThat(found).as("key").isEqualTo(key);
    if (accepted && !key.contains(null)) {
      entities
          .computeIfAbsent(key, added -> new EntityRun(view, engine, watermark))
          .offer(event(time, source, number, plain), input.columns(row));
    }
  }

  private static PlainEvent event(long time, int source, int number, Object[] row) {
    return new PlainEvent(time, source, number, row);
  }

  private List<Object> key(int entity) {
    List<Object> key = new ArrayList<>();
    for (ValueType type : joinKeys) {
      Object part =
          type.equals(ValueType.STRING) ? (Object) TEXT_KEYS[entity] : NUMBER_KEYS[entity];
      key.add(random.nextInt(20) == 0 ? null : part);
    }
    return key;
  }
}
