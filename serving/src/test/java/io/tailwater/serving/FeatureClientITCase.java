// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving;

import static io.tailwater.serving.ShopProject.AS_OF;
import static io.tailwater.serving.ShopProject.DAY;
import static io.tailwater.serving.ShopProject.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.definitions.retrieval.OutputFeature;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

class FeatureClientITCase extends FeatureClientSetup {
  @Test
  void servesWhatIsStoredAndWhatIsComputedOnRead() {
    put("behavior", 1001L, 4L, 80.0, 20.0, AS_OF - DAY);
    put("profile", 1001L, NOW - 380 * DAY, 3, 4.5, null, null, null, null, true);

    OnlineFeatures read =
        client.getOnlineFeatures(
            List.of("behavior:*", "profile:account_age", "scores:share", "scores:more"),
            List.of(Map.of("customer_id", 1001L, "cart_value", 20.0)));

    assertThat(read.features())
        .extracting(OutputFeature::column)
        .containsExactly(
            "orders_7d",
            "spend_7d",
            "average_7d",
            "last_at",
            "days_since",
            "account_age",
            "share",
            "more");
    assertThat(values(read, 0)).containsExactly(4L, 80.0, 20.0, AS_OF - DAY, 2, 380, 0.25, 1L);
    assertThat(statuses(read, 0)).containsOnly(FeatureStatus.PRESENT);
    assertThat(read.requestTime()).isEqualTo(NOW);
  }

  @Test
  void anEntityWithoutAVectorIsNotFoundAndANullIsAValue() {
    put("behavior", 1L, 0L, 0.0, null, null);

    OnlineFeatures read =
        client.getOnlineFeatures(
            List.of("behavior:average_7d", "behavior:days_since", "scores:share"),
            List.of(
                row("customer_id", 1, 10.0),
                row("customer_id", 2L, 10.0),
                row("customer_id", null, 10.0)));

    assertThat(statuses(read, 0))
        .containsExactly(FeatureStatus.NULL_VALUE, FeatureStatus.NULL_VALUE, FeatureStatus.PRESENT);
    for (int row = 1; row < 3; row++) {
      assertThat(statuses(read, row))
          .containsExactly(FeatureStatus.NOT_FOUND, FeatureStatus.NOT_FOUND, FeatureStatus.PRESENT);
      // Nothing is known of the customer; what is on demand has its default.
      assertThat(values(read, row)).containsExactly(null, null, -1.0);
      assertThat(read.eventTimestamp(row, 0)).isNull();
      assertThat(read.eventTimestamp(row, 2)).isNull();
    }
    assertThat(read.get(0, "average_7d").eventTimestamp()).isEqualTo(AS_OF);
  }

  @Test
  void aTtlIncludesBothEnds() {
    put("behavior", 1L, 4L, 80.0, 20.0, AS_OF);
    List<String> features = List.of("behavior:orders_7d", "behavior:days_since", "scores:share");
    List<Map<String, Object>> entities = List.of(row("customer_id", 1L, 10.0));

    try (FeatureClient then = at(AS_OF + 7 * DAY)) {
      OnlineFeatures read = then.getOnlineFeatures(features, entities);
      assertThat(values(read, 0)).containsExactly(4L, 7, 0.125);
      assertThat(statuses(read, 0)).containsOnly(FeatureStatus.PRESENT);
    }
    try (FeatureClient later = at(AS_OF + 7 * DAY + 1)) {
      OnlineFeatures read = later.getOnlineFeatures(features, entities);
      assertThat(values(read, 0)).containsExactly(null, null, -1.0);
      assertThat(statuses(read, 0))
          .containsExactly(
              FeatureStatus.OUTSIDE_MAX_AGE, FeatureStatus.OUTSIDE_MAX_AGE, FeatureStatus.PRESENT);
      assertThat(read.eventTimestamp(0, 0)).isEqualTo(AS_OF);
    }
  }

  @Test
  void aViewIsReadTwiceByKeysOfOtherNames() {
    put("behavior", 1L, 1L, 10.0, 10.0, AS_OF);
    put("behavior", 2L, 1L, 20.0, 20.0, AS_OF);

    OnlineFeatures read =
        client.getOnlineFeatures(
            "trade",
            List.of(
                Map.of("customer_id", 1L, "seller_id", 2L),
                Map.of("customer_id", 2L, "seller_id", 3L)));

    assertThat(read.get(0, "behavior__spend_7d").value()).isEqualTo(10.0);
    assertThat(read.get(0, "seller__spend_7d").value()).isEqualTo(20.0);
    assertThat(read.get(1, "behavior__spend_7d").value()).isEqualTo(20.0);
    assertThat(read.get(1, "seller__spend_7d").status()).isEqualTo(FeatureStatus.NOT_FOUND);
  }

  @Test
  void readsKeysOfSeveralPartsAndOfBytes() {
    ShopProject.put(project, options, "card_spend", new Object[] {"a:b", 7}, 1.5);
    ShopProject.put(project, options, "codes", new Object[] {new byte[] {1, -1}, AS_OF}, 9L);

    assertThat(
            values(
                client.getOnlineFeatures(
                    List.of("card_spend:spend_1d"), List.of(Map.of("card", "a:b", "shop", 7))),
                0))
        .containsExactly(1.5);
    List<Map<String, Object>> twice =
        List.of(
            Map.of("code", new byte[] {1, -1}, "since", Instant.ofEpochMilli(AS_OF)),
            Map.of("code", new byte[] {1, -1}, "since", AS_OF));
    OnlineFeatures read = client.getOnlineFeatures(List.of("codes:uses"), twice);
    assertThat(List.of(values(read, 0), values(read, 1))).containsOnly(List.of(9L));
  }

  @Test
  void aRequestIsOneRoundTripAndAsksForARepeatedKeyOnce() {
    put("behavior", 1L, 1L, 10.0, 10.0, AS_OF);
    put("behavior", 2L, 2L, 20.0, 10.0, AS_OF);
    List<String> features = List.of("behavior:orders_7d", "profile:worth");
    List<Map<String, Object>> entities = new ArrayList<>();
    IntStream.range(0, 60).forEach(i -> entities.add(Map.of("customer_id", 1L + i % 2)));
    client.ping();
    try (Jedis admin = new Jedis(redis.host(), redis.port())) {
      admin.configResetStat();

      OnlineFeatures read = client.getOnlineFeatures(features, entities);

      assertThat(values(read, 58).get(0)).isEqualTo(1L);
      assertThat(values(read, 59).get(0)).isEqualTo(2L);
      assertThat(stat(admin, "commandstats", "cmdstat_hmget:calls=")).isEqualTo(2 * 2);
      assertThat(stat(admin, "commandstats", "cmdstat_hget:calls=")).isEqualTo(2);
      // The client's own one, and those of the two questions before this one.
      assertThat(stat(admin, "stats", "total_reads_processed:")).isEqualTo(1 + 2 + 1);
    }
  }

  @Test
  void saysWhereValuesMayNotHoldAnyMore() {
    put("behavior", 1L, 1L, 10.0, 10.0, AS_OF);
    putUntil(NOW + 1, 2L);
    putUntil(NOW, 3L);
    putUntil(NOW - 5_000, 4L);
    put("profile", 1L, null, 1, null, null, null, null, null, null);
    List<String> features = List.of("behavior:orders_7d", "profile:orders_7d");
    List<Map<String, Object>> entities =
        LongStream.rangeClosed(1, 5)
            .boxed()
            .map(id -> Map.<String, Object>of("customer_id", id))
            .toList();

    ServedView unknown = client.getOnlineFeatures(features, entities).views().get(0);
    assertThat(unknown.watermark()).isNull();
    assertThat(unknown.lag()).isNull();
    assertThat(freshness(unknown))
        .containsExactly(
            Freshness.UNKNOWN, Freshness.UNKNOWN, Freshness.STALE, Freshness.STALE, null);
    assertThat(stale(unknown)).containsExactly(0L, 0L, 1L, 5_001L, 0L);

    ShopProject.publish(project, options, "behavior", NOW - 60_000);
    OnlineFeatures read = client.getOnlineFeatures(features, entities);
    ServedView near = read.views().get(0);
    assertThat(near.lag()).isEqualTo(60_000L);
    assertThat(freshness(near))
        .containsExactly(
            Freshness.CURRENT, Freshness.CURRENT, Freshness.STALE, Freshness.STALE, null);
    assertThat(near.validUntil(3)).isEqualTo(NOW - 5_000);
    assertThat(read.views().get(1).freshness(0)).isEqualTo(Freshness.CURRENT);

    try (FeatureClient later = at(NOW + 1)) {
      ServedView behind = later.getOnlineFeatures(features, entities).views().get(0);
      assertThat(freshness(behind))
          .containsExactly(
              Freshness.STALE, Freshness.STALE, Freshness.STALE, Freshness.STALE, null);
      assertThat(stale(behind)).containsExactly(60_001L, 60_001L, 60_001L, 60_001L, 0L);
    }
  }

  @Test
  void saysWhatIsWrongWithARow() {
    List<String> features = List.of("behavior:orders_7d");
    assertThatThrownBy(() -> client.getOnlineFeatures(features, List.of(Map.of())))
        .hasMessage("found no 'customer_id' in [], expected a value of INT64");
    assertThatThrownBy(
            () -> client.getOnlineFeatures(features, List.of(Map.of("customer_id", "1001"))))
        .hasMessage("found String 1001 for 'customer_id', expected INT64");
    assertThatThrownBy(
            () ->
                client.getOnlineFeatures(
                    features, List.of(Map.of("customer_id", 1, "custmer_id", 2))))
        .hasMessage(
            "found 'custmer_id', which no feature that is asked for needs, expected customer_id"
                + " (did you mean 'customer_id'?)");
    assertThatThrownBy(
            () ->
                client.getOnlineFeatures(
                    List.of("scores:twice_the_price"),
                    List.of(Map.of("price", new BigDecimal("1.234")))))
        .hasMessageContaining("found BigDecimal 1.234 for 'price', expected DECIMAL");
    assertThatThrownBy(() -> client.getOnlineFeatures("modle", List.of()))
        .hasMessage(
            "unknown feature service 'modle', expected one of model, trade (did you mean"
                + " 'model'?)");
  }

  @Test
  void manyThreadsShareAClient() throws Exception {
    int threads = 8;
    for (long id = 0; id < 50; id++) {
      put("behavior", id, id, id * 2.0, 2.0, AS_OF - id * DAY / 10);
    }
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        tasks.add(
            () -> {
              for (long id = 0; id < 50; id++) {
                OnlineFeatures read =
                    client.getOnlineFeatures(
                        List.of("scores:share", "behavior:days_since"),
                        List.of(Map.of("customer_id", id, "cart_value", 1.0 + id)));
                assertThat(values(read, 0))
                    .containsExactly(id == 0 ? -1.0 : (1.0 + id) / (id * 2.0), (int) (1 + id / 10));
              }
              return null;
            });
      }
      for (Future<Void> result : executor.invokeAll(tasks)) {
        result.get();
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private void put(String view, long customer, Object... values) {
    ShopProject.put(project, options, view, new Object[] {customer}, values);
  }

  private void putUntil(long validUntil, long customer) {
    ShopProject.put(
        project,
        options,
        "behavior",
        AS_OF,
        validUntil,
        new Object[] {customer},
        customer,
        0.0,
        null,
        null);
  }

  private static Map<String, Object> row(String key, Object value, double cart) {
    Map<String, Object> row = new HashMap<>();
    row.put(key, value);
    row.put("cart_value", cart);
    return row;
  }

  private static List<Object> values(OnlineFeatures read, int row) {
    List<Object> values = new ArrayList<>();
    IntStream.range(0, read.features().size()).forEach(i -> values.add(read.value(row, i)));
    return values;
  }

  private static List<FeatureStatus> statuses(OnlineFeatures read, int row) {
    return IntStream.range(0, read.features().size()).mapToObj(i -> read.status(row, i)).toList();
  }

  private static List<Freshness> freshness(ServedView view) {
    List<Freshness> all = new ArrayList<>();
    IntStream.range(0, 5).forEach(row -> all.add(view.freshness(row)));
    return all;
  }

  private static List<Long> stale(ServedView view) {
    return IntStream.range(0, 5).mapToObj(view::staleMillis).toList();
  }

  private static long stat(Jedis admin, String section, String name) {
    return admin
        .info(section)
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.substring(name.length()).split("[,\\s]")[0]))
        .findFirst()
        .orElse(0);
  }
}
