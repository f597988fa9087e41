// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tailwater.definitions.settings.SchemaRegistrySettings.Credentials;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaRegistryTest {
  private static final Schema CLICK =
      SchemaBuilder.record("Click").fields().requiredString("id").endRecord();
  private static final String SECRET = "hush";

  @TempDir Path folder;

  private ScriptedRegistry server;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedRegistry();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void asksForAnIdWithoutCredentials() throws Exception {
    server.register(7, CLICK);

    assertThat(new SchemaRegistry(server.settings()).schema(7)).isEqualTo(CLICK);
    assertThat(server.asked()).containsExactly("/schemas/ids/7");
    assertThat(server.authorizations()).containsExactly("null");
  }

  @Test
  void sendsCredentials() throws Exception {
    server.register(7, CLICK);

    registry(new Credentials("u", SECRET, false)).schema(7);
    registry(new Credentials(null, SECRET, false)).schema(7);

    assertThat(server.authorizations()).containsExactly("Basic dTpodXNo", "Bearer hush");
  }

  @Test
  void readsAFileOfASecretAgainWhenItWasRefused() throws Exception {
    server.register(7, CLICK);
    Path file = Files.writeString(folder.resolve("token"), "old\n");
    SchemaRegistry registry = registry(new Credentials(null, file.toString(), true));
    registry.schema(7);
    Files.writeString(file, "new\n");
    server.answerFirst(401, "");

    assertThat(registry.schema(7)).isEqualTo(CLICK);
    assertThat(server.authorizations()).containsExactly("Bearer old", "Bearer old", "Bearer new");
  }

  @ParameterizedTest
  @CsvSource({"401", "403"})
  void failsAtOnceWhereItIsNotLetIn(int status) {
    server.answerFirst(status, "{\"error_code\": %d01, \"message\": \"hush\"}".formatted(status));

    assertThatThrownBy(() -> patient(new Credentials("u", SECRET, false)).schema(7))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("HTTP status " + status)
        .hasMessageContaining("kafka.schema_registry")
        .hasMessageNotContaining(SECRET);
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void doesNotShowASecretThatNoHeaderMayHave() {
    assertThatThrownBy(() -> patient(new Credentials(null, SECRET + "\nmore", false)).schema(7))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("found a token")
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void tellsAnIdThatTheRegistryDoesNotKnow() {
    SchemaRefusedException refused =
        catchThrowableOfType(
            SchemaRefusedException.class, () -> new SchemaRegistry(server.settings()).schema(9));

    assertThat(refused.isUnknown()).isTrue();
    assertThat(refused)
        .hasMessageContaining("schema id 9")
        .hasMessageContaining("error 40403: Schema not found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500 | {\"error_code\": 50001, \"message\": \"backend\"}",
        "429 | {}",
        "503 | Service Unavailable",
        "404 | default backend",
        "404 | {\"error_code\": 404, \"message\": \"no such path\"}",
        "200 | <html>Log in</html>",
        "200 | []",
        "302 | {}",
      })
  void asksAgainWhereNoRegistryAnswers(int status, String body) throws Exception {
    server.register(7, CLICK);
    server.answerFirst(status, body);
    server.answerFirst(status, body);

    assertThat(patient(null).schema(7)).isEqualTo(CLICK);
    assertThat(server.asked()).hasSize(3);
  }

  @Test
  void givesUpInTheEndAndSaysWhy() {
    server.answerFirst(503, "");

    assertThatThrownBy(() -> new SchemaRegistry(server.settings()).schema(7))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(server.settings().url())
        .hasMessageContaining("HTTP status 503")
        .hasMessageContaining("asked again for 0 ms");
  }

  @Test
  void failsWhereNobodyListens() {
    server.close();

    assertThatThrownBy(() -> new SchemaRegistry(server.settings()).schema(7))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no answer to GET /schemas/ids/7");
  }

  @Test
  void stopsWaitingWhenItsTaskIsCancelled() {
    server.close();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> patient(null).schema(7)).isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"schemaType\": \"PROTOBUF\", \"schema\": \"message A {}\"} | of type PROTOBUF",
        "{\"schema\": \"no JSON\"} | no Avro schema",
        "{\"schema\": \"{}\"} | no Avro schema",
        "{\"other\": 1} | no Avro schema",
      })
  void refusesSchemasThatAreNotAvros(String body, String problem) {
    server.answer("/schemas/ids/7", 200, body);

    SchemaRefusedException refused =
        catchThrowableOfType(
            SchemaRefusedException.class, () -> new SchemaRegistry(server.settings()).schema(7));

    assertThat(refused.isUnknown()).isFalse();
    assertThat(refused).hasMessageContaining("schema id 7").hasMessageContaining(problem);
  }

  @Test
  void refusesASchemaThatRefersToNothing() {
    server.answer(
        "/schemas/ids/7",
        200,
        """
        {"schema": "\\"A\\"", "references": [{"name": "A", "subject": "a b/c", "version": 2}]}
        """);
    server.answer(
        "/subjects/a%20b%2Fc/versions/2",
        404, "{\"error_code\": 40402, \"message\": \"Version not found\"}");

    SchemaRefusedException refused =
        catchThrowableOfType(
            SchemaRefusedException.class, () -> new SchemaRegistry(server.settings()).schema(7));

    assertThat(refused.isUnknown()).isTrue();
    assertThat(refused).hasMessageContaining("40402");
  }

  private SchemaRegistry registry(Credentials credentials) {
    return new SchemaRegistry(server.settings().withCredentials(credentials));
  }

  private SchemaRegistry patient(Credentials credentials) {
    return new SchemaRegistry(server.settings().withCredentials(credentials).withRetryFor(60_000));
  }
}
