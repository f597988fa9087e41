// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedisKeyTest {
  @Test
  void hidesWhoseVectorItIs() {
    assertThat(RedisKey.of("retail:customer_behavior:7").withoutEntity())
        .isEqualTo("retail:customer_behavior:***");
    assertThat(RedisKey.of("retail:pair:a:%b:\n").withoutEntity()).isEqualTo("retail:pair:***");
    assertThat(RedisKey.of("retail:pair:%a:b").withoutEntity()).isEqualTo("retail:pair:***");
    assertThat(new RedisKey(new byte[] {2, 0, ':', 'x', ':', 'y'}).withoutEntity())
        .isEqualTo("***");
    assertThat(RedisKey.of("someone").withoutEntity()).isEqualTo("***");
  }

  @Test
  void showsAViewsProgress() {
    assertThat(RedisKey.of("retail:%progress:customer_behavior").withoutEntity())
        .isEqualTo("retail:%progress:customer_behavior");
  }
}
