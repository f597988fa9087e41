// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisEndpointTest {
  @ParameterizedTest
  @CsvSource({
    "redis.example, redis.example, 6379",
    "redis.example:6380, redis.example, 6380",
    "[::1]:7000, ::1, 7000",
    "[::1], ::1, 6379"
  })
  void readsHostAndPort(String text, String host, int port) {
    assertThat(RedisEndpoint.parse(text)).isEqualTo(RedisEndpoint.of(host, port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis:", "redis:port", "redis:0", "redis:65536", ":6379", ""})
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> RedisEndpoint.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void showsNoPassword() {
    RedisEndpoint endpoint =
        RedisEndpoint.of("redis.example", 6380).withCredentials("writer", "s3cret").withTls();
    assertThat(endpoint).hasToString("rediss://writer@redis.example:6380");
    assertThat(RedisOptions.of(endpoint).toString()).doesNotContain("s3cret");
  }
}
