// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NativeLayoutTest {
  private static final long SEED = 43;

  @Test
  void namesKeysByProjectViewAndEntity() {
    assertThat(TestVectors.LAYOUT.key(new Object[] {1001L}))
        .isEqualTo("retail:customer_behavior:1001");
  }

  @Test
  void putsCompositeKeysInDeclaredOrder() {
    NativeLayout layout = layout("fraud", "pair", ValueType.STRING, ValueType.INT32);
    assertThat(layout.key(new Object[] {"4:2", 7})).isEqualTo("fraud:pair:4%3A2:7");
    assertThat(layout.parseKey("fraud:pair:4%3A2:7")).containsExactly("4:2", 7);
  }

  @Test
  void differentEntitiesHaveDifferentKeys() {
    NativeLayout layout = layout("p", "v", ValueType.STRING, ValueType.STRING, ValueType.BYTES);
    Random random = new Random(SEED);
    Map<String, String> entities = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      Object[] key = {
        NastyStrings.next(random),
        NastyStrings.next(random),
        RandomValues.next(ValueType.BYTES, random)
      };
      String redisKey = layout.key(key);
      String entity = Arrays.deepToString(key);
      assertThat(Arrays.deepEquals(layout.parseKey(redisKey), key))
          .as("seed %d, case %d", SEED, i)
          .isTrue();
      assertThat(entities.merge(redisKey, entity, (old, same) -> old))
          .as("seed %d, case %d", SEED, i)
          .isEqualTo(entity);
    }
  }

  @Test
  void keepsProgressApartFromEntities() {
    NativeLayout layout = layout("p", "v", ValueType.STRING);
    NativeLayout neighbour = layout("p", "%progress", ValueType.STRING);
    assertThat(new String(layout.progressKey(), UTF_8)).isEqualTo("p:%progress:v");
    assertThat(neighbour.key(new Object[] {"v"})).isEqualTo("p:%25progress:v");
  }

  @Test
  void escapesWhatScanTakesForAPattern() {
    assertThat(layout("p*", "[v]?\\", ValueType.STRING).keyPattern())
        .isEqualTo("p\\*:\\[v\\]\\?\\\\:*");
  }

  @Test
  void refusesKeysOfAnotherShape() {
    assertThatThrownBy(() -> TestVectors.LAYOUT.key(new Object[] {1L, 2L}))
        .hasMessageContaining("'customer_behavior' has 1 join keys, not 2");
    assertThatThrownBy(() -> TestVectors.LAYOUT.parseKey("retail:customer_behavior:1:2"))
        .hasMessageContaining("is no key of view");
    assertThatThrownBy(() -> TestVectors.LAYOUT.parseKey("retail:other:1"))
        .hasMessageContaining("is no key of view");
  }

  @Test
  void refusesFeaturesNamedLikeItsOwnFields() {
    List<JoinKey> joinKeys = List.of(new JoinKey("id", ValueType.INT64));
    List<Field> features = List.of(new Field("_version", ValueType.STRING, true));
    assertThatThrownBy(() -> new NativeLayout("p", "v", joinKeys, features))
        .hasMessageContaining("'_version'");
  }

  private static NativeLayout layout(String project, String view, ValueType... keyTypes) {
    return new NativeLayout(
        project,
        view,
        Arrays.stream(keyTypes).map(type -> new JoinKey("k", type)).toList(),
        List.of());
  }
}
