// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving;

import static io.tailwater.serving.ShopProject.AS_OF;
import static io.tailwater.serving.ShopProject.DAY;
import static io.tailwater.serving.ShopProject.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.LayoutKind;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.RedisOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What vectors say beside their values, and vectors in Feast's layout. */
class StoredVectorsITCase {
  @TempDir private static Path folder;
  private static EmbeddedRedis redis;
  private static Project project;
  private static RedisOptions options;

  @BeforeAll
  static void start() throws IOException {
    redis = EmbeddedRedis.create();
    options = RedisOptions.of(redis.host(), redis.port());
    project = ShopProject.load(folder);
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @Test
  void saysFromWhenOnValuesAreOfAllEvents() {
    ShopProject.put(
        project,
        options,
        "behavior",
        new OnlineVector(
            new Object[] {1L},
            AS_OF,
            OnlineVector.FOREVER,
            1,
            1,
            new Object[] {4L, 80.0, 20.0, AS_OF},
            new long[] {NOW, NOW + 1, Long.MIN_VALUE, OnlineVector.FOREVER}));
    ShopProject.put(
        project, options, "profile", new Object[] {1L}, NOW, 3, 4.5, null, null, null, null, true);

    try (FeatureClient client = client(options)) {
      OnlineFeatures read =
          client.getOnlineFeatures(
              List.of("behavior:*", "profile:orders_7d", "scores:share"),
              List.of(Map.of("customer_id", 1L, "cart_value", 10.0)));
      assertThat(IntStream.range(0, read.features().size()).mapToObj(i -> read.completeFrom(0, i)))
          .as("of stored features each, of what is computed the latest of what was read")
          .containsExactly(
              null, NOW + 1, null, Long.MAX_VALUE, Long.MAX_VALUE, null, Long.MAX_VALUE);
    }
  }

  @Test
  void servesFromFeastsLayoutToo() {
    RedisOptions feast = options.withLayout(LayoutKind.FEAST);
    ShopProject.put(project, feast, "behavior", new Object[] {1001L}, 4L, 80.0, null, AS_OF - DAY);
    ShopProject.put(
        project,
        feast,
        "profile",
        new Object[] {1001L},
        NOW - 380 * DAY,
        3,
        4.5,
        new BigDecimal("12.30"),
        new byte[] {1},
        List.of("a", "b"),
        Map.of("toys", 1.5),
        true);

    try (FeatureClient ofFeast = client(feast)) {
      OnlineFeatures read =
          ofFeast.getOnlineFeatures(
              List.of("behavior:*", "profile:*", "scores:share"),
              List.of(Map.of("customer_id", 1001L, "cart_value", 20.0)));
      assertThat(IntStream.range(0, read.features().size()).mapToObj(i -> read.value(0, i)))
          .containsExactly(
              4L,
              80.0,
              null,
              AS_OF - DAY,
              2,
              NOW - 380 * DAY,
              3,
              4.5,
              new BigDecimal("12.30"),
              new byte[] {1},
              List.of("a", "b"),
              Map.of("toys", 1.5),
              true,
              380,
              0.25);
      assertThat(read.status(0, 2)).isEqualTo(FeatureStatus.NULL_VALUE);
      assertThat(read.eventTimestamp(0, 0)).isEqualTo(AS_OF);
    }
  }

  private static FeatureClient client(RedisOptions redis) {
    return FeatureClient.create(
        project, redis, Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));
  }
}
