// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving;

import static io.tailwater.serving.ShopProject.AS_OF;
import static io.tailwater.serving.ShopProject.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.definitions.settings.LayoutKind;
import io.tailwater.embedded.Ports;
import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.OnlineLayout;
import io.tailwater.stores.redis.RedisEndpoint;
import io.tailwater.stores.redis.RedisOptions;
import io.tailwater.stores.redis.RedisReader;
import io.tailwater.stores.redis.RedisWriteException;
import io.tailwater.stores.redis.RedisWriter;
import io.tailwater.stores.redis.RedisWriterListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The writer and the client by TLS, as users with no more rights than docs/serving.md gives. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SecuredRedisITCase {
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";
  private static final String WRITER = "tailwater-writer";
  private static final String READER = "tailwater-reader";
  private static final String WRITERS_PASSWORD = "w-5ecret";
  private static final String READERS_PASSWORD = "r-5ecret";
  private static final Path DOC = Path.of("..", "docs", "serving.md");

  @TempDir private static Path keys;
  @TempDir private static Path definitions;
  private static SecuredRedis redis;
  private static Project project;

  @BeforeAll
  static void start() throws IOException, InterruptedException, GeneralSecurityException {
    List<String> users =
        Files.readAllLines(DOC).stream()
            .filter(line -> line.startsWith("user tailwater-"))
            .map(line -> line.replace("WRITERS_PASSWORD", WRITERS_PASSWORD))
            .map(line -> line.replace("READERS_PASSWORD", READERS_PASSWORD))
            .map(line -> line.replace("retail", "shop"))
            .toList();
    assertThat(users).as("rules in %s", DOC).hasSize(2);
    redis = SecuredRedis.start(keys, users);
    project = ShopProject.load(definitions);
  }

  @AfterAll
  static void stop() throws IOException {
    redis.close();
  }

  @BeforeEach
  void trustTheAuthority() {
    System.setProperty(TRUST_STORE, redis.trustStore().toString());
    System.setProperty(TRUST_STORE_PASSWORD, SecuredRedis.STORE_PASSWORD);
  }

  @AfterEach
  void trustWhomTheJvmTrusts() {
    System.clearProperty(TRUST_STORE);
    System.clearProperty(TRUST_STORE_PASSWORD);
  }

  @ParameterizedTest
  @EnumSource(LayoutKind.class)
  void documentedRightsAreEnough(LayoutKind kind) throws InterruptedException {
    RedisOptions writers = as(WRITER, WRITERS_PASSWORD).withLayout(kind);
    OnlineLayout layout = layout(kind);
    for (Duration expiry : new Duration[] {null, Duration.ofDays(90)}) {
      try (RedisWriter writer =
          new RedisWriter(layout, writers.withExpireAfter(expiry), RedisWriterListener.NONE)) {
        writer.add(vector(expiry == null ? 1 : 2));
        writer.publishProgress(0, 1, NOW);
      }
    }
    try (RedisReader reader = new RedisReader(writers)) {
      assertThat(reader.isEmpty(layout)).as("as a stream asks when it starts").isFalse();
    }

    try (FeatureClient client = client(as(READER, READERS_PASSWORD).withLayout(kind))) {
      client.ping();
      OnlineFeatures read =
          client.getOnlineFeatures(
              List.of("behavior:orders_7d"), List.of(Map.of("customer_id", 1L)));
      assertThat(read.value(0, 0)).isEqualTo(2L);
      assertThat(read.views().get(0).watermark()).isEqualTo(NOW);
    }
  }

  @Test
  void whoMayOnlyReadWritesNothing() {
    assertThatThrownBy(() -> write(as(READER, READERS_PASSWORD)))
        .isInstanceOf(RedisWriteException.class)
        .hasMessageContaining("NOPERM")
        .hasMessageContaining("ACL");
  }

  @Test
  void aWrongPasswordIsSaidAndNotShown() {
    RedisOptions wrong = as(READER, "wr0ng-secret");

    assertThatThrownBy(() -> ping(wrong))
        .isInstanceOf(OnlineStoreException.class)
        .hasMessageStartingWith(
            "Cannot read from Redis at rediss://tailwater-reader@localhost:" + redis.port())
        .hasMessageContaining("WRONGPASS")
        .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain("wr0ng-secret"));
    assertThatThrownBy(() -> write(as(WRITER, "wr0ng-secret")))
        .isInstanceOf(RedisWriteException.class)
        .hasMessageContaining("WRONGPASS")
        .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain("wr0ng-secret"));
    assertThat(wrong.toString()).contains("tailwater-reader").doesNotContain("wr0ng-secret");
  }

  @Test
  void anAuthorityThatIsNotTrustedIsRefused() {
    trustWhomTheJvmTrusts();
    RedisOptions options = as(READER, READERS_PASSWORD);

    assertThatThrownBy(() -> ping(options))
        .isInstanceOf(OnlineStoreException.class)
        .hasMessageContaining("unable to find valid certification path")
        .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain(READERS_PASSWORD));
    assertThatThrownBy(() -> write(as(WRITER, WRITERS_PASSWORD)))
        .isInstanceOf(RedisWriteException.class)
        .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain(WRITERS_PASSWORD))
        .hasMessageContaining("unable to find valid certification path");
  }

  @Test
  void anotherHostsCertificateIsRefused() {
    RedisEndpoint other =
        RedisEndpoint.of(Ports.LOOPBACK, redis.port())
            .withTls()
            .withCredentials(READER, READERS_PASSWORD);

    assertThatThrownBy(() -> ping(RedisOptions.of(other)))
        .isInstanceOf(OnlineStoreException.class)
        .hasMessageContaining("No subject alternative names matching IP address 127.0.0.1");
  }

  private static RedisOptions as(String user, String password) {
    return RedisOptions.of(
            RedisEndpoint.of(SecuredRedis.HOST, redis.port())
                .withTls()
                .withCredentials(user, password))
        .withGiveUpAfter(Duration.ZERO);
  }

  private static FeatureClient client(RedisOptions options) {
    return FeatureClient.create(
        project, options, Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));
  }

  private static void ping(RedisOptions options) {
    try (FeatureClient client = client(options)) {
      client.ping();
    }
  }

  private static void write(RedisOptions options) throws InterruptedException {
    try (RedisWriter writer =
        new RedisWriter(layout(LayoutKind.NATIVE), options, RedisWriterListener.NONE)) {
      writer.add(vector(3));
      writer.flush();
    }
  }

  private static OnlineLayout layout(LayoutKind kind) {
    StoredView view = project.storedView("behavior").orElseThrow();
    return OnlineLayout.of(kind, project.name(), view);
  }

  /** Orders, spend, average and the last order's time. */
  private static OnlineVector vector(long version) {
    return new OnlineVector(
        new Object[] {1L},
        AS_OF,
        OnlineVector.FOREVER,
        0,
        version,
        new Object[] {version, 10.0, 10.0, AS_OF});
  }
}
