// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.definitions.model.FeatureService.AsOf;
import io.tailwater.stores.OfflineRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a point-in-time join must get right, case by case, on real tables. */
class PointInTimeITCase extends RetrievalOnTables {
  private static final long HOUR = 3_600_000;

  @Test
  void joinsAsOfTheLabelsInstant() throws Exception {
    tables.append("profile", profile(1, T, 10), profile(1, T + HOUR / 2, 11), profile(2, T, 20));
    labels(
        "customer_id,event_timestamp,label",
        "1,2026-01-15T12:00:00Z,on the row's instant",
        "1,2026-01-15T12:29:59.999Z,before the next row",
        "1,2026-01-15T12:30:00Z,on the next row",
        "1,2026-01-15T13:30:00Z,exactly ts + ttl",
        "1,2026-01-15T13:30:00.001Z,one millisecond later",
        "1,2026-01-15T11:59:59.999Z,before any row",
        "99,2026-01-15T12:00:00Z,unknown entity",
        "1,2026-01-15T12:00:00Z,on the row's instant",
        "2,2026-01-15T12:00:00Z,another entity",
        ",2026-01-15T12:00:00Z,no entity");

    RetrievalSummary summary = retrieve("profile:score");

    assertThat(output())
        .containsExactly(
            "customer_id,event_timestamp,label,score",
            "1,2026-01-15T12:00:00Z,on the row's instant,10",
            "1,2026-01-15T12:29:59.999Z,before the next row,10",
            "1,2026-01-15T12:30:00Z,on the next row,11",
            "1,2026-01-15T13:30:00Z,exactly ts + ttl,11",
            "1,2026-01-15T13:30:00.001Z,one millisecond later,",
            "1,2026-01-15T11:59:59.999Z,before any row,",
            "99,2026-01-15T12:00:00Z,unknown entity,",
            "1,2026-01-15T12:00:00Z,on the row's instant,10",
            "2,2026-01-15T12:00:00Z,another entity,20",
            ",2026-01-15T12:00:00Z,no entity,");
    assertThat(summary.rows()).isEqualTo(10);
    assertThat(summary.zoneless()).isZero();
    assertThat(summary.views()).containsExactly(new RetrievalSummary.View("profile", 4, true));
    assertThat(summary.columns())
        .extracting(
            RetrievalSummary.Column::name,
            RetrievalSummary.Column::nulls,
            RetrievalSummary.Column::least,
            RetrievalSummary.Column::greatest)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("score", 4L, "10", "20"));
  }

  @Test
  void takesTheLatestCreatedOfOneInstant() throws Exception {
    tables.append("profile", row(1, T, T + 5, 12), row(1, T, T + 9, 13), row(1, T, T + 7, 14));
    labels("customer_id,event_timestamp", "1,2026-01-15T12:00:00.001Z");

    retrieve("profile:score");

    assertThat(output()).endsWith("1,2026-01-15T12:00:00.001Z,13");
  }

  @Test
  void seesOnlyRowsBeforeTheInstantWhereAsked() throws Exception {
    tables.append("profile", profile(1, T, 10), profile(1, T + 1, 11));
    labels(
        "customer_id,event_timestamp",
        "1,2026-01-15T12:00:00Z",
        "1,2026-01-15T12:00:00.001Z",
        "1,2026-01-15T12:00:00.002Z");
    List<String> before =
        List.of(
            "customer_id,event_timestamp,score",
            "1,2026-01-15T12:00:00Z,",
            "1,2026-01-15T12:00:00.001Z,10",
            "1,2026-01-15T12:00:00.002Z,11");

    retrieve(builder -> builder.features(features("profile:score")).asOf(AsOf.BEFORE));
    assertThat(output()).isEqualTo(before);
    retrieve(builder -> builder.service("fraud"));
    assertThat(output()).isEqualTo(before);
    retrieve(builder -> builder.service("at_once").asOf(AsOf.BEFORE));
    assertThat(output()).isEqualTo(before);
    retrieve(builder -> builder.service("at_once"));
    assertThat(output()).element(1).isEqualTo("1,2026-01-15T12:00:00Z,10");
  }

  @Test
  void joinsViewsOfDifferentKeysWithoutConfusion() throws Exception {
    tables.append("profile", profile(7, T, 70), profile(1, T, 10));
    tables.append("limits", limit("7", 700), limit("07", 707), limit("1", 100));
    tables.append("pair_spend", pair(1, 23, 123), pair(12, 3, 12_003));
    labels(
        "account_id,card,note,merchant,customer_id,event_timestamp",
        "07,1,\"said \"\"no\"\", twice\",23,7,2026-01-15T12:00:00Z",
        "7,12,,3,7,2026-01-15T12:00:00Z",
        "007,1,plain,3,1,2026-01-15T12:00:00Z",
        "1,12,plain,23,8,2026-01-15T12:00:00Z");

    RetrievalSummary summary = retrieve("pair_spend:visits", "limits:*", "profile:score");

    assertThat(output())
        .containsExactly(
            "account_id,card,note,merchant,customer_id,event_timestamp,visits,limit_amount,score",
            "07,1,\"said \"\"no\"\", twice\",23,7,2026-01-15T12:00:00Z,123,707,70",
            "7,12,,3,7,2026-01-15T12:00:00Z,12003,700,70",
            "007,1,plain,3,1,2026-01-15T12:00:00Z,,,10",
            "1,12,plain,23,8,2026-01-15T12:00:00Z,,100,");
    assertThat(summary.views())
        .containsExactly(
            new RetrievalSummary.View("pair_spend", 2, true),
            new RetrievalSummary.View("limits", 1, true),
            new RetrievalSummary.View("profile", 1, true));
  }

  @Test
  void computesOnReadAsOfTheLabel() throws Exception {
    tables.append("profile", profile(1, T, 4));
    labels(
        "customer_id,event_timestamp,cart_value",
        "1,2026-01-15T12:00:10Z,10.0",
        "1,2026-01-15 12:01,",
        "2,2026-01-15T12:01:00+00:00,1");

    RetrievalSummary summary =
        retrieve("profile:seconds_ago", "offers:cart_per_point", "offers:age");

    assertThat(output())
        .containsExactly(
            "customer_id,event_timestamp,cart_value,seconds_ago,cart_per_point,age",
            "1,2026-01-15T12:00:10Z,10.0,10,2.5,10",
            "1,2026-01-15 12:01,,60,,60",
            "2,2026-01-15T12:01:00+00:00,1,,,");
    assertThat(summary.zoneless()).isOne();
  }

  @Test
  void writesAndReadsParquetWithTypes() throws Exception {
    OfflineRow all =
        new OfflineRow(
            new Object[] {1L},
            T,
            T,
            new Object[] {
              true,
              7,
              0.1f,
              1e-7,
              new java.math.BigDecimal("12.30"),
              Arrays.asList("a,b", null),
              java.util.Map.of("x", 0.5)
            });
    tables.append("everything", all);
    tables.table("profile");
    labels("customer_id,event_timestamp,label", "1,2026-01-15T12:00:00Z,x", "2,2026-01-16,y");
    Path parquet = directory.resolve("out.parquet");
    retrieve(b -> b.features(features("everything:*")).output(parquet.toString()));

    retrieve(b -> b.labels(parquet.toString()).features(features("profile:score")));

    assertThat(output())
        .containsExactly(
            "customer_id,event_timestamp,label,flag,small,ratio,amount,price,names,spend,score",
            "1,2026-01-15T12:00:00Z,x,true,7,0.1,1.0E-7,12.30,\"[\"\"a,b\"\",null]\",\"{\"\"x\"\":0.5}\",",
            "2,2026-01-16T00:00:00Z,y,,,,,,,,");
    retrieve(b -> b.features(features("everything:*")));
    assertThat(output())
        .contains(
            "1,2026-01-15T12:00:00Z,x,true,7,0.1,1.0E-7,12.30,\"[\"\"a,b\"\",null]\",\"{\"\"x\"\":0.5}\"");
  }

  @Test
  void refusesLabelsWithEverythingThatIsWrong() throws Exception {
    tables.append("profile", profile(1, T, 10));
    labels("customer,event_time,score", "1,2026-01-15,3");
    assertThatThrownBy(() -> retrieve("profile:score", "offers:cart_per_point"))
        .hasMessageContaining(
            "no column 'customer_id' (INT64); found [customer, event_time, score]")
        .hasMessageContaining("no column 'event_timestamp' (the label's instant)")
        .hasMessageContaining("no column 'cart_value' (DOUBLE)")
        .hasMessageContaining("column 'score' has the name of a feature");
    labels(
        "customer_id,event_timestamp,cart_value",
        "1,2026-01-15,1",
        "x,2026-01-15,1",
        "1,yesterday,1",
        "1,2026-02-30,1",
        "1,2026-01-15,many",
        "1,2026-01-15");
    assertThatThrownBy(() -> retrieve("profile:score", "offers:cart_per_point"))
        .hasMessageContaining("line 3: column 'customer_id': found 'x', expected INT64")
        .hasMessageContaining("line 4: column 'event_timestamp': found 'yesterday', expected")
        .hasMessageContaining("line 5: column 'event_timestamp': found '2026-02-30'")
        .hasMessageContaining("line 6: column 'cart_value': found 'many', expected DOUBLE")
        .hasMessageContaining("line 7: found 2 cells, expected 3");
    assertThatThrownBy(() -> retrieve("profil:score", "profile:scor", "limits:limit_amount"))
        .hasMessageContaining("profil")
        .hasMessageContaining("scor");
    labels("account_id,event_timestamp", "x,2026-01-15");
    assertThatThrownBy(() -> retrieve("limits:limit_amount"))
        .hasMessageContaining("view 'limits': found no table shop.limits in the warehouse");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .as("nothing is written")
          .containsExactlyInAnyOrder("labels.csv", "warehouse");
    }
  }

  private static OfflineRow limit(String account, long limit) {
    return new OfflineRow(new Object[] {account}, T, T, new Object[] {limit});
  }

  private static OfflineRow pair(long card, long merchant, long visits) {
    return new OfflineRow(new Object[] {card, merchant}, T, T, new Object[] {visits});
  }
}
