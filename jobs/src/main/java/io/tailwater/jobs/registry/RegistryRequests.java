// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tailwater.definitions.settings.SchemaRegistrySettings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to a registry, one at a time. One that cannot answer is asked again, at growing
 * intervals; so is one that answers with what no registry says, as a proxy does while there is none
 * behind it. Only its own word that it does not have a thing counts as that. Not thread-safe.
 */
final class RegistryRequests {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryRequests.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  /** The registry's own codes begin with those of HTTP: 40401 subject, 40402 version, 40403 id. */
  private static final int CODES_PER_STATUS = 100;

  private final SchemaRegistrySettings settings;
  private final RegistryAuthorization authorization;
  private @Nullable HttpClient client;

  RegistryRequests(SchemaRegistrySettings settings) {
    this.settings = settings;
    this.authorization = new RegistryAuthorization(settings.credentials());
  }

  /**
   * Gets a thing.
   *
   * @param path behind the registry's URL
   * @throws IOException if the registry did not answer as one within the time that the settings
   *     give it, or does not let us in
   */
  RegistryReply get(String path) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.retryForMillis());
    long pause = FIRST_PAUSE_MILLIS;
    boolean failedBefore = false;
    while (true) {
      IOException failure;
      try {
        RegistryReply reply = reply(path, response(path));
        if (failedBefore) {
          LOG.info("Schema registry {} answers again", settings.url());
        }
        return reply;
      } catch (RegistryAccessException | InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        failure = e;
      }
      if (!failedBefore) {
        LOG.warn(
            "{}; it is asked again for {} ms", failure.getMessage(), settings.retryForMillis());
        failedBefore = true;
      }
      if (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause) > deadline) {
        throw new IOException(
            "%s; it was asked again for %d ms, and no event is given up for it"
                .formatted(failure.getMessage(), settings.retryForMillis()),
            failure);
      }
      pause(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
  }

  private HttpResponse<byte[]> response(String path) throws IOException {
    HttpResponse<byte[]> response = send(path);
    if (response.statusCode() == UNAUTHORIZED && authorization.hasChanged()) {
      response = send(path);
    }
    if (response.statusCode() == UNAUTHORIZED || response.statusCode() == FORBIDDEN) {
      throw new RegistryAccessException(
          "schema registry %s: found HTTP status %d for GET %s, expected that the credentials of kafka.schema_registry are let in"
              .formatted(settings.url(), response.statusCode(), path));
    }
    return response;
  }

  private RegistryReply reply(String path, HttpResponse<byte[]> response) throws IOException {
    int status = response.statusCode();
    JsonNode body = json(response.body());
    if (body != null && status == OK) {
      return new RegistryReply(true, body);
    }
    if (body != null
        && status == NOT_FOUND
        && body.path("error_code").asInt() / CODES_PER_STATUS == NOT_FOUND) {
      return new RegistryReply(false, body);
    }
    throw new IOException(
        "schema registry %s: found HTTP status %d and %s for GET %s, expected the answer of a registry"
            .formatted(
                settings.url(),
                status,
                body == null ? "no JSON object" : "error " + body.path("error_code").asText("none"),
                path));
  }

  private static @Nullable JsonNode json(byte[] body) throws IOException {
    try {
      JsonNode parsed = JSON.readTree(body);
      return parsed.isObject() ? parsed : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private HttpResponse<byte[]> send(String path) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(settings.url() + path))
            .header("Accept", "application/vnd.schemaregistry.v1+json, application/json");
    String header = authorization.header();
    if (header != null) {
      request.header("Authorization", header);
    }
    CompletableFuture<HttpResponse<byte[]>> response =
        client().sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    try {
      // The client's own timeout ends with the headers: a body may never come.
      return response.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(
          "schema registry %s: no answer to GET %s (%s)"
              .formatted(settings.url(), path, e.getCause()),
          e);
    } catch (TimeoutException e) {
      response.cancel(true);
      throw new HttpTimeoutException(
          "schema registry %s: no answer to GET %s within %s"
              .formatted(settings.url(), path, TIMEOUT));
    } catch (InterruptedException e) {
      response.cancel(true);
      throw interrupted();
    }
  }

  /** Made when it is needed: most schemas are known. Redirections would carry credentials away. */
  private HttpClient client() {
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(TIMEOUT)
              .build();
    }
    return client;
  }

  private static void pause(long millis) throws InterruptedIOException {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while waiting for the schema registry");
  }
}
