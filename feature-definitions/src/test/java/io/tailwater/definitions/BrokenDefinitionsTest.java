// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake by itself in a project that is right otherwise, and the whole message about it. */
class BrokenDefinitionsTest {
  private static final String SCHEMA =
      """
      {"type": "record", "name": "Order", "fields": [
        {"name": "order_id", "type": "string"},
        {"name": "buyer", "type": ["null", "int"]},
        {"name": "at_time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "quantity", "type": "int"},
        {"name": "price", "type": "double"},
        {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 6, "scale": 2}},
        {"name": "status", "type": "string"},
        {"name": "tags", "type": {"type": "array", "items": "string"}}
      ]}
      """;

  /** The project that is right; the mistakes replace its words. */
  private static final String RIGHT =
      """
      project: shop
      entities:
        - {name: customer, join_keys: [{name: customer_id, type: INT64}]}
        - {name: product, join_keys: [{name: product_id, type: STRING}]}
      sources:
        - name: orders
          schema: order.avsc
          event_time: at_time
          event_id: [order_id]
          columns: {total: quantity * price}
          watermark: {idle_after: 30s}
          kafka: {topic: orders, format: avro}
      feature_views:
        - name: spending
          entity: customer
          source: orders
          keys: {customer_id: buyer}
          where: status = 'OK'
          features:
            - {name: n, aggregate: count(*), window: 7d}
            - {name: spend, aggregate: sum(total), windows: [7d, 30d], default: 0.0}
            - {name: share, expression: spend_7d / spend_30d}
      feature_services:
        - {name: model, features: ["spending:*"]}
      batch_feature_views:
        - name: profile
          entity: customer
          tables:
            people: {connector: jdbc, url: "${URL}", columns: {customer_id: BIGINT, seen: TIMESTAMP(3)}}
          query: SELECT * FROM people
          event_timestamp: seen
          features:
            - {name: verified, type: BOOL, default: false}
            - {name: worth, type: "DECIMAL(9,2)"}
            - {name: double_worth, expression: worth * 2}
      on_demand_feature_views:
        - name: scores
          inputs: [spending, profile]
          request: [{name: cart_value, type: DOUBLE}]
          features:
            - {name: score, type: DOUBLE, expression: cart_value / spend_7d}
            - {name: again, expression: score * 2}
      """;

  /** A second source, in a file of its own. */
  private static final String CARTS =
      """
      sources:
        - {name: carts, schema: cart.avsc, event_time: at_time, event_id: cart_id}
      """;

  private static final String CART_SCHEMA =
      """
      {"type": "record", "name": "Cart", "fields": [
        {"name": "cart_id", "type": "string"},
        {"name": "shopper", "type": ["null", "long"]},
        {"name": "customer", "type": "string"},
        {"name": "at_time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "event", "type": "string"}
      ]}
      """;

  @TempDir private Path folder;

  static Stream<Arguments> mistakes() throws IOException {
    return Stream.of(resource("mistakes.txt").split("\n\n"))
        .filter(block -> !block.startsWith("#"))
        .map(
            block ->
                arguments(
                    marked(block, "- "),
                    marked(block, "+ "),
                    block
                        .lines()
                        .filter(line -> line.startsWith("! "))
                        .map(line -> "shop.yaml:" + line.substring(2))
                        .toList()));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void isReportedWithItsPlace(String right, String wrong, List<String> expected)
      throws IOException {
    assertThat(RIGHT).contains(right);

    write("carts.yaml", CARTS);
    int place = RIGHT.indexOf(right);
    String broken = RIGHT.substring(0, place) + wrong + RIGHT.substring(place + right.length());

    assertThat(problemsOf(broken)).containsExactlyElementsOf(expected);
  }

  @Test
  void theRightOneLoads() throws IOException {
    write("shop.yaml", RIGHT);

    assertThat(ProjectLoader.load(folder).view("spending")).isPresent();
  }

  @Test
  void mistakesInAllFilesAreReportedAtOnce() throws IOException {
    write("a.yaml", "project: shop\nentities:\n  - {name: Customer}\n");
    write("b.yml", "sources:\n  - {name: orders, schema: none.avsc}\nproject: again\n");
    write("c.yaml", "a: [\n");
    write("tailwater.yaml", "not: definitions\n");

    assertThat(problems())
        .containsExactly(
            "a.yaml:3:5: entities[Customer]: found no 'join_keys', expected 'join_keys: …'",
            "a.yaml:3:12: entities[Customer].name: found 'Customer', expected a name of lower-case"
                + " letters, digits and _ that begins with a letter",
            "b.yml:2:5: sources[orders]: found no 'event_time', expected 'event_time: …'",
            "b.yml:2:5: sources[orders]: found no 'event_id', expected 'event_id: …'",
            "b.yml:2:28: sources[orders].schema: found 'none.avsc', which does not exist, expected"
                + " an Avro schema beside this file",
            "b.yml:3:10: project: found a second 'project', expected one in all files of the folder",
            "c.yaml:2:1: found YAML that breaks off: while parsing a flow node, expected the node"
                + " content, but found '<stream end>'");
  }

  @Test
  void nobodyIsBlamedForTheMistakesOfOthers() throws IOException {
    assertThat(
            problemsOf(
                RIGHT.replace("type: INT64", "type: LONG").replace("sum(total)", "summ(total)")))
        .singleElement()
        .asString()
        .startsWith("shop.yaml:3:60: entities[customer].join_keys[customer_id].type: found 'LONG'");
    assertThat(problemsOf(RIGHT.replace("sum(total)", "summ(total)")))
        .singleElement()
        .asString()
        .contains("features[spend].aggregate");
  }

  @Test
  void aFolderWithoutDefinitionsIsAProblem() {
    assertThat(problems())
        .containsExactly(
            folder
                + ": found no definitions, expected at least one .yaml file beside tailwater.yaml");
  }

  @Test
  void noFolderIsAProblem() {
    Path missing = folder.resolve("missing");
    DefinitionException refused =
        catchThrowableOfType(DefinitionException.class, () -> ProjectLoader.load(missing));

    assertThat(refused)
        .hasMessage(missing + ": found no folder, expected a folder with definitions");
  }

  @Test
  void aProjectWantsAName() throws IOException {
    write("a.yaml", "entities: []\n");

    assertThat(problems())
        .containsExactly(
            folder + ": found no 'project', expected 'project: …' in one file of the folder");
  }

  @Test
  void anUnsupportedSchemaIsAProblem() throws IOException {
    write(
        "odd.avsc",
        """
        {"type": "record", "name": "Odd", "fields": [
          {"name": "a", "type": ["int", "string"]},
          {"name": "b", "type": {"type": "record", "name": "B", "fields": []}},
          {"name": "c", "type": {"type": "int", "logicalType": "time-millis"}},
          {"name": "d", "type": {"type": "bytes", "logicalType": "decimal", "precision": 50}}
        ]}
        """);

    assertThat(problemsOf(RIGHT.replace("order.avsc", "odd.avsc")))
        .hasSize(4)
        .allMatch(problem -> problem.startsWith("shop.yaml:7:13: sources[orders].schema: found"))
        .anyMatch(
            problem -> problem.contains("the field 'a' of 'odd.avsc', which is of type union"))
        .anyMatch(
            problem -> problem.contains("the field 'b' of 'odd.avsc', which is of type record"))
        .anyMatch(
            problem -> problem.contains("the field 'c' of 'odd.avsc', which is a time-millis"))
        .anyMatch(problem -> problem.contains("the field 'd' of 'odd.avsc', which is a decimal"));
  }

  @Test
  void aBrokenSchemaIsAProblem() throws IOException {
    write("odd.avsc", "{\"type\": \"recrd\"");

    assertThat(problemsOf(RIGHT.replace("order.avsc", "odd.avsc")))
        .singleElement()
        .asString()
        .startsWith(
            "shop.yaml:7:13: sources[orders].schema: found 'odd.avsc', which is no Avro schema");
  }

  @Test
  void aliasesThatExplodeAreRefused() throws IOException {
    StringBuilder bomb = new StringBuilder("project: shop\na: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("a%d: &a%d [".formatted(i, i))
          .append("*a%d,".formatted(i - 1).repeat(9))
          .append("]\n");
    }

    assertThat(problemsOf(bomb.toString())).anyMatch(problem -> problem.contains("aliases"));
    assertThat(problemsOf("project: &a {b: *a}\n")).hasSize(1);
  }

  @Test
  void bytesThatAreNoTextAreAProblem() throws IOException {
    Files.write(
        folder.resolve("a.yaml"), "project: sh\u00f6p".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(problems())
        .containsExactly("a.yaml: found bytes that are not UTF-8, expected a text file in UTF-8");
  }

  private List<String> problemsOf(String yaml) throws IOException {
    write("shop.yaml", yaml);
    return problems();
  }

  private List<String> problems() {
    if (!Files.exists(folder.resolve("order.avsc"))) {
      writeSchema();
    }
    DefinitionException refused =
        catchThrowableOfType(DefinitionException.class, () -> ProjectLoader.load(folder));
    assertThat(refused).isNotNull();
    return refused.problems().stream().map(Problem::toString).toList();
  }

  private void writeSchema() {
    try {
      Files.writeString(folder.resolve("cart.avsc"), CART_SCHEMA);
      Files.writeString(folder.resolve("order.avsc"), SCHEMA);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String file, String text) throws IOException {
    writeSchema();
    Files.writeString(folder.resolve(file), text);
  }

  private static String marked(String block, String mark) {
    return block
        .lines()
        .filter(line -> line.startsWith(mark))
        .map(line -> line.substring(mark.length()))
        .collect(Collectors.joining("\n"));
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = BrokenDefinitionsTest.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
