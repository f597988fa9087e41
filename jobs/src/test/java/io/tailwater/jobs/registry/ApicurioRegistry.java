// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tailwater.definitions.settings.SchemaRegistrySettings;
import io.tailwater.embedded.Await;
import io.tailwater.embedded.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * A real schema registry, Apicurio's, in a process of its own. What it knows is on disk: it is the
 * same one at the same address after it was stopped.
 */
public final class ApicurioRegistry implements AutoCloseable {
  /** Where the build has unpacked it. */
  private static final Path PROGRAM = Path.of("target/schema-registry").toAbsolutePath();

  private static final JsonMapper JSON = new JsonMapper();
  private static final String API = "/apis/ccompat/v7";

  private final Path directory;
  private final int port = Ports.free();
  private final HttpClient client = HttpClient.newHttpClient();
  private Process process;

  /**
   * @param directory its own
   */
  public ApicurioRegistry(Path directory) {
    this.directory = directory;
  }

  public SchemaRegistrySettings settings() {
    return SchemaRegistrySettings.of(url());
  }

  /** Starts it and waits until it answers. */
  public void start() throws IOException {
    Path jar;
    try (Stream<Path> files = Files.list(PROGRAM)) {
      jar = files.filter(file -> file.toString().endsWith("-runner.jar")).findFirst().orElseThrow();
    }
    ProcessBuilder builder =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=" + Ports.LOOPBACK,
                "-Dquarkus.http.port=" + port,
                "-jar",
                jar.toString())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    builder
        .environment()
        .put("REGISTRY_DATASOURCE_URL", "jdbc:h2:file:" + directory + "/schemas;WRITE_DELAY=0");
    process = builder.start();
    Await.until(this::lastWords, () -> process.isAlive() && answers());
  }

  /** Ends it; nobody listens at its address any more. */
  public void stop() {
    close();
  }

  /** Registers a schema and returns its id. */
  public int register(String subject, Schema schema) throws IOException, InterruptedException {
    return register(subject, "{\"schema\": %s}".formatted(JSON.valueToTree(schema.toString())));
  }

  /**
   * The same.
   *
   * @param body of the request, with what the schema refers to
   */
  public int register(String subject, String body) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create(url() + "/subjects/" + subject + "/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    JsonNode id = JSON.readTree(response.body()).path("id");
    if (!id.isInt()) {
      throw new IOException("%d: %s".formatted(response.statusCode(), response.body()));
    }
    return id.intValue();
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroy();
      process.onExit().join();
    }
  }

  private String url() {
    return "http://%s:%d%s".formatted(Ports.LOOPBACK, port, API);
  }

  private Path log() {
    return directory.resolve("registry.log");
  }

  private boolean answers() {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url() + "/subjects"))
              .timeout(Duration.ofSeconds(5))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log());
      return "the registry does not answer: "
          + lines.subList(Math.max(0, lines.size() - 5), lines.size());
    } catch (IOException e) {
      return "the registry does not answer, and its log cannot be read: " + e;
    }
  }
}
