// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tailwater.definitions.cases.Expectation;
import io.tailwater.definitions.cases.ExpectedValue;
import io.tailwater.definitions.cases.FeatureCase;
import io.tailwater.definitions.model.Project;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cases say, and the whole message about each mistake in one that is right otherwise. */
class CaseLoaderTest {
  private static final String SCHEMA =
      """
      {"type": "record", "name": "Order", "fields": [
        {"name": "order_id", "type": "string"},
        {"name": "buyer", "type": ["null", "int"]},
        {"name": "at_millis", "type": "long"},
        {"name": "quantity", "type": "int"},
        {"name": "price", "type": "double"},
        {"name": "weight", "type": ["null", "float"]},
        {"name": "amount", "type": ["null", {"type": "bytes", "logicalType": "decimal", "precision": 6, "scale": 2}]},
        {"name": "gift", "type": ["null", "boolean"]},
        {"name": "packed_at", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}]},
        {"name": "seal", "type": ["null", "bytes"]},
        {"name": "tags", "type": ["null", {"type": "array", "items": "string"}]},
        {"name": "points", "type": ["null", {"type": "map", "values": "long"}]}
      ]}
      """;
  private static final String PROJECT =
      """
      project: shop
      entities:
        - {name: customer, join_keys: [{name: customer_id, type: INT64}]}
        - {name: order, join_keys: [{name: order_id, type: STRING}]}
      sources:
        - {name: orders, schema: order.avsc, event_time: at_millis, event_id: [order_id]}
      feature_views:
        - name: spending
          entity: customer
          source: orders
          keys: {customer_id: buyer}
          features:
            - {name: n, aggregate: count(*), window: 7d}
            - {name: total, aggregate: sum(amount), window: 7d}
            - {name: mean, aggregate: avg(price), window: 7d}
            - {name: by_seal, aggregate: sum(price), by: order_id, window: 7d}
            - {name: last_two, aggregate: "last_n(quantity, 2)", window: 7d}
        - name: details
          entity: order
          source: orders
          features:
            - {name: lines, aggregate: count(*), window: 7d}
      batch_feature_views:
        - name: profile
          entity: customer
          tables:
            people: {connector: datagen, columns: {customer_id: BIGINT, seen: TIMESTAMP(3), age: BIGINT}}
          query: SELECT * FROM people
          event_timestamp: seen
          features: [{name: age, type: INT64}]
      on_demand_feature_views:
        - name: scores
          inputs: [spending, profile]
          request: [{name: cart, type: DOUBLE}]
          features:
            - {name: ratio, expression: cart / mean}
            - {name: age_months, expression: age * 12}
      """;

  /** The case that is right; the mistakes replace its words. */
  private static final String RIGHT =
      """
      defaults:
        orders: {quantity: 1}
      tests:
        - name: one order
          entity: {customer_id: 1}
          events:
            orders:
              - {order_id: o1, buyer: 1, at_millis: 2026-03-01T10:00:00Z, price: 2.5}
          expect:
            - at: 2026-03-01T10:00:00Z
              request: {cart: 10}
              features:
                spending: {n: 1, mean: 2.5}
                scores: {ratio: 4.0}
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeProject() throws IOException {
    Files.writeString(folder.resolve("order.avsc"), SCHEMA);
    Files.writeString(folder.resolve("shop.yaml"), PROJECT);
  }

  @Test
  void readsEveryTypeOfValue() throws IOException {
    FeatureCase test =
        load("""
                tests:
                  - name: all types
                    events:
                      orders:
                        - order_id: 17
                          buyer: 1
                          at_millis: 1772359200000
                          quantity: 2
                          price: 1
                          weight: 0.1
                          amount: 12.5
                          gift: true
                          packed_at: 2026-03-01
                          seal: AQI=
                          tags: [a, '1']
                          points: {x: 1}
                    expect:
                      - entity: {customer_id: 1}
                        at: 2026-03-01T11:00:00+01:00
                        as_of: before
                        features:
                          spending:
                            n: 1
                            total: 12.5
                            mean: null
                            by_seal: {'17': 1.0}
                            last_two: [2]
                """)
            .get(0);

    assertThat(test.place()).hasToString("tests/a.yaml:2");
    assertThat(test.events().get(0).place()).hasToString("tests/a.yaml:5");
    assertThat(test.events().get(0).row())
        .containsExactly(
            "17",
            1,
            1_772_359_200_000L,
            2,
            1.0,
            0.1f,
            new BigDecimal("12.50"),
            true,
            Instant.parse("2026-03-01T00:00:00Z").toEpochMilli(),
            new byte[] {1, 2},
            List.of("a", "1"),
            Map.of("x", 1L));
    Expectation expectation = test.expectations().get(0);
    assertThat(expectation.instant()).isEqualTo(1_772_359_200_000L);
    assertThat(expectation.before()).isTrue();
    assertThat(expectation.entity()).isEqualTo("customer_id=1");
    assertThat(expectation.keys().get("customer")).containsExactly(1L);
    assertThat(expectation.values())
        .extracting(ExpectedValue::value)
        .containsExactly(1L, new BigDecimal("12.50"), null, Map.of("17", 1.0), List.of(2));
    assertThat(expectation.values().get(4).place()).hasToString("tests/a.yaml:27");
  }

  @Test
  void defaultsAndTheEntityOfTheCaseFillIn() throws IOException {
    FeatureCase test = load(RIGHT).get(0);

    assertThat(test.events().get(0).row()[2]).isEqualTo(1_772_359_200_000L);
    assertThat(test.events().get(0).row()[3]).isEqualTo(1);
    assertThat(test.expectations().get(0).request()).isEqualTo(Map.of("cart", 10.0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          tests:              | test:                | 3:1: test: found the unknown key 'test', expected one of defaults, tests (did you mean 'tests'?)
          - name: one order   | - title: one order   | 4:5: tests[0].title: found the unknown key 'title', expected one of entity, events, expect, name
            orders: {quantity | order: {quantity     | 2:10: defaults.order: found the unknown source 'order', expected one of orders (did you mean 'orders'?)
          {quantity: 1}       | {quantty: 1}         | 2:12: defaults.orders.quantty: found the unknown key 'quantty', expected one of amount, at_millis, buyer, gift, order_id, packed_at, points, price, quantity, seal, tags, weight (did you mean 'quantity'?)
          {quantity: 1}       | {}                   | 8:11: tests[one order].events.orders[0]: found no 'quantity', expected 'quantity: …', a value of INT32, which no event of 'orders' is without ('defaults: {orders: …}' gives it once)
          {quantity: 1}       | {quantity: 1.5}      | 2:22: defaults.orders.quantity: found '1.5', expected a value of INT32
          {quantity: 1}       | {quantity: '1'}      | 2:22: defaults.orders.quantity: found '1', expected a value of INT32
          {quantity: 1}       | {quantity: 1, amount: 1.005}   | 2:33: defaults.orders.amount: found '1.005', expected a value of DECIMAL(6,2)
          {quantity: 1}       | {quantity: 1, amount: 12345.0} | 2:33: defaults.orders.amount: found '12345.0', expected a value of DECIMAL(6,2)
          {quantity: 1}       | {quantity: 1, weight: 1e39}    | 2:33: defaults.orders.weight: found '1e39', expected a value of FLOAT
          {quantity: 1}       | {quantity: 1, tags: a}         | 2:31: defaults.orders.tags: found 'a', expected a list, as a value of ARRAY<STRING>
          {quantity: 1}       | {quantity: 1, points: [1]}     | 2:33: defaults.orders.points: found a list, expected fields, as a value of MAP<STRING, INT64>
          {quantity: 1}       | {quantity: 1, points: {x: y}}  | 2:37: defaults.orders.points.x: found 'y', expected a value of INT64
          {quantity: 1}       | {quantity: 1, seal: '?'}       | 2:31: defaults.orders.seal: found '?', expected BYTES in base64
          {quantity: 1}       | {quantity: 1, gift: yes}       | 2:31: defaults.orders.gift: found 'yes', expected a value of BOOL
          order_id: o1        | order_id: null       | 8:22: tests[one order].events.orders[0].order_id: found null, expected 'order_id: …', a value of STRING, which no event of 'orders' is without
          2026-03-01T10:00:00Z, | noon,              | 8:47: tests[one order].events.orders[0].at_millis: found 'noon', expected an instant like 2026-03-01T10:00:00Z or 2026-03-01, in UTC
          price: 2.5          | price: NaN           | 8:76: tests[one order].events.orders[0].price: found 'NaN', expected a value of DOUBLE
          at: 2026-03-01T10:00:00Z | at: March       | 10:13: tests[one order].expect[0].at: found 'March', expected an instant like 2026-03-01T10:00:00Z or 2026-03-01, in UTC
          at: 2026-03-01T10:00:00Z | on: 2026-03-01  | 10:9: tests[one order].expect[0].on: found the unknown key 'on', expected one of as_of, at, entity, features, request
          {cart: 10}          | {cart: ten}          | 11:25: tests[one order].expect[0].request.cart: found 'ten', expected a value of DOUBLE
          {cart: 10}          | {}                   | 10:9: tests[one order].expect[0]: found no 'cart' of the request, expected 'request: {cart: …}', a value of DOUBLE
          {cart: 10}          | {cart: 10, x: 1}     | 11:32: tests[one order].expect[0].request.x: found the field 'x', expected one of cart
          spending: {         | spendings: {         | 13:22: tests[one order].expect[0].features.spendings: found the unknown feature view 'spendings', expected one of spending, details, profile, scores (did you mean 'spending'?)
          n: 1                | m: 1                 | 13:25: tests[one order].expect[0].features.spending.m: found the unknown feature 'm' of 'spending', expected one of n, total, mean, by_seal, last_two (did you mean 'n'?)
          n: 1                | n: one               | 13:25: tests[one order].expect[0].features.spending.n: found 'one', expected a value of INT64
          {ratio: 4.0}        | {age_months: 1}      | 14:32: tests[one order].expect[0].features.scores.age_months: found 'scores:age_months', which is of the batch view 'profile', expected a feature of events: what a query gives is in no case
          {customer_id: 1}    | {customer: 1}        | 5:13: tests[one order].entity: found no 'customer_id', expected 'customer_id: …', a join key of 'customer', a value of INT64
          {customer_id: 1}    | {customer_id: x}     | 5:27: tests[one order].entity.customer_id: found 'x', expected a value of INT64
          {customer_id: 1}    | {customer_id: 1, order_id: o1} | 5:30: tests[one order].entity.order_id: found the unknown key 'order_id', expected one of customer_id
          """)
  void saysWhatIsWrongAndWhere(String right, String wrong, String problem) throws IOException {
    assertThat(RIGHT).contains(right.strip());
    String text = RIGHT.replaceFirst(Pattern.quote(right.strip()), wrong.strip());

    DefinitionException refused = catchThrowableOfType(DefinitionException.class, () -> load(text));

    assertThat(refused.problems())
        .extracting(Problem::toString)
        .contains("tests/a.yaml:" + problem);
  }

  @Test
  void aProjectWithoutCasesIsToldWhereToWriteThem() {
    Project project = ProjectLoader.load(folder);

    DefinitionException refused =
        catchThrowableOfType(
            DefinitionException.class, () -> CaseLoader.load(project, folder, List.of()));

    assertThat(refused)
        .hasMessage(
            "%s: found no cases, expected at least one .yaml file with 'tests: [{name: …, …}]'"
                .formatted(folder.resolve("tests")));
  }

  private List<FeatureCase> load(String text) throws IOException {
    Path file = Files.createDirectories(folder.resolve("tests")).resolve("a.yaml");
    Files.writeString(file, text);
    return CaseLoader.load(ProjectLoader.load(folder), folder, List.of());
  }
}
