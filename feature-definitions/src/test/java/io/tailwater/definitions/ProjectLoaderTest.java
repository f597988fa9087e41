// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.Window;
import io.tailwater.definitions.model.Aggregate;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.Column;
import io.tailwater.definitions.model.DerivedFeature;
import io.tailwater.definitions.model.Entity;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.EventTime;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.KafkaTopic;
import io.tailwater.definitions.model.Metadata;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.ViewInput;
import io.tailwater.definitions.model.WatermarkPolicy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectLoaderTest {
  private static final long DAY = 86_400_000L;

  @TempDir private Path folder;

  @BeforeEach
  void writeProject() throws IOException {
    write(
        "payment.avsc",
        """
        {"type": "record", "name": "Payment", "fields": [
          {"name": "id", "type": {"type": "string", "logicalType": "uuid"}},
          {"name": "card", "type": ["null", "string"]},
          {"name": "shop", "type": "int"},
          {"name": "paid_at", "type": "string"},
          {"name": "amount",
           "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
          {"name": "micros", "type": {"type": "long", "logicalType": "timestamp-micros"}},
          {"name": "day", "type": {"type": "int", "logicalType": "date"}},
          {"name": "ok", "type": ["boolean", "null"]},
          {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["A", "B"]}},
          {"name": "weight", "type": "float"},
          {"name": "score", "type": "double"},
          {"name": "epoch", "type": "long"},
          {"name": "raw", "type": "bytes"},
          {"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": 4}},
          {"name": "tags", "type": {"type": "array", "items": "string"}},
          {"name": "sizes", "type": {"type": "map", "values": "long"}},
          {"name": "link", "type": {"type": "string", "logicalType": "of-our-own"}}
        ]}
        """);
    write(
        "entities.yaml",
        """
        project: bank
        entities:
          - {name: card, join_keys: [{name: card_number, type: STRING}], description: A card}
          - name: terminal
            join_keys:
              - {name: shop_id, type: INT64}
              - {name: kind, type: STRING}
        """);
    write(
        "sources.yml",
        """
        sources:
          - name: payments
            schema: payment.avsc
            event_time: {field: paid_at, format: 'yyyy-MM-dd HH:mm', zone: Europe/Lisbon}
            event_id: [id, shop]
            columns: {euros: amount * 1.5}
            watermark: {out_of_orderness: 100ms, idle_after: 5m, allowed_lateness: 2h, max_ahead: 0s}
            kafka: {topic: the.payments, format: JSON}
          - name: plain
            schema: payment.avsc
            event_time: micros
            event_id: id
        """);
    write(
        "views.yaml",
        """
        feature_views:
          - name: pairs
            description: Cards at terminals
            entity: [card, terminal]
            keys: {card_number: card, shop_id: shop}
            source: payments
            where: |
              ok
              AND amount > 0
            tags: {team: risk, tier: 1}
            owner: risk@example.com
            features:
              - {name: paid, aggregate: SUM( amount ), windows: [1d, 90m], default: 0}
              - name: last_day
                aggregate: max(`day`)
                window: 7d
                where: kind IN ('A', 'B')
                default: 2024-01-01T00:00:00Z
              - {name: share, expression: paid_90m / paid_1d, default: 0.5, description: Of the day}
        """);
    write("tailwater.yaml", "redis: localhost\n");
  }

  /** At each length of the text before it: the YAML reader must not cut a pair of chars in two. */
  @Test
  void aCharacterBeyondTheFirst65536MayStandAnywhere() throws IOException {
    for (int length = 1000; length < 1060; length++) {
      write("comment.yaml", "#" + "x".repeat(length) + "\uD83D\uDE00");

      assertThat(ProjectLoader.load(folder).name()).isEqualTo("bank");
    }
  }

  @Test
  void readsTheSchema() {
    assertThat(project().source("payments").orElseThrow().fields())
        .containsExactly(
            new Field("id", ValueType.STRING, false),
            new Field("card", ValueType.STRING, true),
            new Field("shop", ValueType.INT32, false),
            new Field("paid_at", ValueType.STRING, false),
            new Field("amount", ValueType.decimal(9, 2), false),
            new Field("micros", ValueType.TIMESTAMP, false),
            new Field("day", ValueType.TIMESTAMP, false),
            new Field("ok", ValueType.BOOL, true),
            new Field("kind", ValueType.STRING, false),
            new Field("weight", ValueType.FLOAT, false),
            new Field("score", ValueType.DOUBLE, false),
            new Field("epoch", ValueType.INT64, false),
            new Field("raw", ValueType.BYTES, false),
            new Field("hash", ValueType.BYTES, false),
            new Field("tags", ValueType.arrayOf(ValueType.STRING), false),
            new Field("sizes", ValueType.mapOf(ValueType.INT64), false),
            new Field("link", ValueType.STRING, false));
  }

  @Test
  void readsSources() {
    EventSource payments = project().source("payments").orElseThrow();
    EventSource plain = project().source("plain").orElseThrow();

    assertThat(payments.eventTime())
        .isEqualTo(new EventTime("paid_at", "yyyy-MM-dd HH:mm", "Europe/Lisbon"));
    assertThat(payments.eventId()).containsExactly("id", "shop");
    assertThat(payments.columns())
        .containsExactly(new Column("euros", new Expression("amount * 1.5", ValueType.DOUBLE)));
    assertThat(payments.watermark()).isEqualTo(new WatermarkPolicy(100, 300_000, 7_200_000, 0));
    assertThat(payments.kafka()).isEqualTo(new KafkaTopic("the.payments", KafkaTopic.Format.JSON));
    assertThat(plain.eventTime()).isEqualTo(new EventTime("micros", null, "UTC"));
    assertThat(plain.eventId()).containsExactly("id");
    assertThat(plain.watermark()).isEqualTo(WatermarkPolicy.DEFAULT);
    assertThat(plain.kafka()).isNull();
  }

  @Test
  void readsEntities() {
    assertThat(project().name()).isEqualTo("bank");
    assertThat(project().entities())
        .containsExactly(
            new Entity("card", List.of(new JoinKey("card_number", ValueType.STRING)), "A card"),
            new Entity(
                "terminal",
                List.of(
                    new JoinKey("shop_id", ValueType.INT64), new JoinKey("kind", ValueType.STRING)),
                ""));
  }

  @Test
  void readsAViewOfAPair() {
    Project project = project();
    FeatureView view = project.view("pairs").orElseThrow();

    assertThat(view.entity().name()).isEqualTo("card_terminal");
    assertThat(view.entity().joinKeys())
        .extracting(JoinKey::name)
        .containsExactly("card_number", "shop_id", "kind");
    assertThat(view.inputs())
        .containsExactly(
            new ViewInput(
                project.source("payments").orElseThrow(),
                List.of("card", "shop", "kind"),
                new Expression("ok\nAND amount > 0\n", ValueType.BOOL)));
    assertThat(view.source()).isSameAs(project.source("payments").orElseThrow());
    assertThat(view.metadata())
        .isEqualTo(
            new Metadata(
                "Cards at terminals", Map.of("team", "risk", "tier", "1"), "risk@example.com"));
    assertThat(view.ttlMillis()).isNull();
  }

  @Test
  void readsFeatures() {
    Aggregate paid =
        Aggregate.of(AggregateFunction.SUM, new Expression("amount", ValueType.decimal(9, 2)));
    BigDecimal zero = new BigDecimal("0.00");

    FeatureView view = project().view("pairs").orElseThrow();

    assertThat(view.features().subList(0, 3))
        .containsExactly(
            new AggregateFeature(
                "paid_1d", "payments", paid, null, Window.sliding(DAY), zero, Metadata.NONE),
            new AggregateFeature(
                "paid_90m", "payments", paid, null, Window.sliding(5_400_000), zero, Metadata.NONE),
            new AggregateFeature(
                "last_day",
                "payments",
                Aggregate.of(AggregateFunction.MAX, new Expression("`day`", ValueType.TIMESTAMP)),
                new Expression("kind IN ('A', 'B')", ValueType.BOOL),
                Window.sliding(7 * DAY),
                1_704_067_200_000L,
                Metadata.NONE));
    assertThat(view.features().get(0).type()).isEqualTo(ValueType.decimal(38, 2));
    assertThat(view.features().get(3))
        .isInstanceOfSatisfying(
            DerivedFeature.class,
            share -> {
              assertThat(share.expression().sql()).isEqualTo("paid_90m / paid_1d");
              assertThat(share.type().kind()).isEqualTo(ValueType.Kind.DECIMAL);
              assertThat(share.defaultValue())
                  .isEqualTo(new BigDecimal("0.5").setScale(share.type().scale()));
              assertThat(share.metadata()).isEqualTo(Metadata.describing("Of the day"));
            });
  }

  @Test
  void aProjectSurvivesTheWayToAnOperator() throws IOException, ClassNotFoundException {
    Project project = project();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(project);
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(project);
    }
  }

  private Project project() {
    return ProjectLoader.load(folder);
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }
}
