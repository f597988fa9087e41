// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.FeatureService;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.ServingSettings;
import io.tailwater.serving.FeatureClient;
import io.tailwater.stores.redis.RedisOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that answers Feast's protocol from the online store of a project.
 *
 * <p>It computes nothing but what is computed on read, and writes nothing. It starts whether Redis
 * answers or not: {@code /health} tells. {@link #close} lets the requests that are under way end.
 *
 * <p>Thread-safe.
 */
public final class FeatureServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FeatureServer.class);

  /** How long a client may pause within a request, and keep a connection without one. */
  private static final Duration IDLE = Duration.ofSeconds(30);

  /** How long requests have to end when the server stops. */
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final Server server;
  private final ServerConnector connector;
  private final FeatureClient client;

  private FeatureServer(Server server, ServerConnector connector, FeatureClient client) {
    this.server = server;
    this.connector = connector;
    this.client = client;
  }

  /**
   * Starts a server, and returns when it answers.
   *
   * @param redis where the features are; timeouts and connections are those of {@code settings}
   * @param clock what {@code request_time} is
   * @throws IOException if the address is in use or not of this machine
   * @throws IllegalArgumentException if the features of a service cannot be served, naming it, or
   *     the definitions are not those that are applied, saying what is different
   */
  public static FeatureServer start(
      Project project, ServingSettings settings, RedisOptions redis, Clock clock)
      throws IOException {
    return start(project, settings, redis, clock, DefinitionsPolicy.APPLIED);
  }

  /**
   * The same with other definitions than those that are applied, if {@code policy} says so.
   *
   * @throws IOException if the address is in use or not of this machine
   * @throws IllegalArgumentException if the features of a service cannot be served, naming it, or
   *     the definitions are not those that are applied, saying what is different
   */
  public static FeatureServer start(
      Project project,
      ServingSettings settings,
      RedisOptions redis,
      Clock clock,
      DefinitionsPolicy policy)
      throws IOException {
    requireNonNull(project, "project is null");
    requireNonNull(settings, "settings is null");
    Duration timeout = Duration.ofMillis(settings.redisTimeoutMillis());
    FeatureClient client =
        FeatureClient.create(
            project,
            redis.withTimeouts(timeout, timeout).withConnections(settings.threads()),
            clock,
            Duration.ofMillis(settings.maxLagMillis()));
    try {
      return start(project, settings, client, clock, policy);
    } catch (IOException | RuntimeException e) {
      client.close();
      throw e;
    }
  }

  private static FeatureServer start(
      Project project,
      ServingSettings settings,
      FeatureClient client,
      Clock clock,
      DefinitionsPolicy policy)
      throws IOException {
    ServingMetrics metrics = new ServingMetrics(clock);
    ServedDefinitions definitions =
        new ServedDefinitions(client, metrics, Duration.ofMillis(settings.requestTimeoutMillis()));
    definitions.requireAtStart(policy);
    // Compiled before anybody waits for it.
    project.services().forEach(service -> compile(service, client));
    QueuedThreadPool threads = new QueuedThreadPool(settings.threads());
    threads.setName("serving");
    Server server = new Server(threads);
    ServerConnector connector = connector(server, settings);
    server.addConnector(connector);
    server.setHandler(
        new GracefulHandler(handler(project, settings, client, metrics, definitions)));
    server.setStopTimeout(DRAIN.toMillis());
    FeatureServer started = new FeatureServer(server, connector, client);
    started.start(settings);
    return started;
  }

  private static void compile(FeatureService service, FeatureClient client) {
    try {
      client.query(service.name());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "feature service '%s' cannot be served: %s".formatted(service.name(), e.getMessage()), e);
    }
  }

  /** Where it listens. */
  public URI uri() {
    String host = connector.getHost();
    return URI.create(
        "http://%s:%d".formatted(host.indexOf(':') < 0 ? host : "[" + host + "]", port()));
  }

  /** The port that it listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Waits until it is closed. */
  public void join() throws InterruptedException {
    server.join();
  }

  /** Takes no more requests, waits up to ten seconds for those that are under way, and stops. */
  @Override
  public void close() {
    try (client) {
      server.stop();
    } catch (Exception e) {
      LOG.warn("The server did not stop in order", e);
    }
  }

  private void start(ServingSettings settings) throws IOException {
    try {
      server.start();
    } catch (Exception e) {
      close();
      throw new IOException(
          "cannot listen on %s:%d (%s): choose another address or port"
              .formatted(settings.host(), settings.port(), e.getMessage()),
          e);
    }
    if (settings.tokens().isEmpty() && !isLoopback()) {
      LOG.warn("{} is open to whoever reaches it: give 'serving.tokens' in tailwater.yaml", uri());
    }
  }

  private boolean isLoopback() {
    return connector.getHost().startsWith("127.")
        || connector.getHost().equals("localhost")
        || connector.getHost().equals("::1");
  }

  private static ServerConnector connector(Server server, ServingSettings settings) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setHttpCompliance(HttpCompliance.RFC9110);
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(IDLE.toMillis());
    return connector;
  }

  private static RequestHandler handler(
      Project project,
      ServingSettings settings,
      FeatureClient client,
      ServingMetrics metrics,
      ServedDefinitions definitions) {
    Refusals refusals = new Refusals(project);
    OpenApi openApi = new OpenApi(project);
    Duration timeout = Duration.ofMillis(settings.requestTimeoutMillis());
    Routes routes =
        new Routes()
            .post(
                "/get-online-features",
                new OnlineFeaturesEndpoint(project, client, settings.maxRows(), timeout, metrics))
            .get("/health", body -> definitions.health())
            .get("/metrics", body -> definitions.metrics())
            .get("/openapi.json", Endpoint.immediate(body -> openApi.reply()))
            .post("/push", Endpoint.immediate(refusals::push))
            .post("/write-to-online-store", Endpoint.immediate(refusals::write))
            .post("/materialize", Endpoint.immediate(refusals::materialize))
            .post("/materialize-incremental", Endpoint.immediate(refusals::materializeIncremental))
            .open("/health");
    return new RequestHandler(
        routes, new BearerTokens(settings.tokens()), settings.maxBodyBytes(), metrics);
  }
}
