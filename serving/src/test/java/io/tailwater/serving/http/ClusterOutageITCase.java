// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.ServingSettings;
import io.tailwater.embedded.Await;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.serving.ShopProject;
import io.tailwater.stores.redis.RedisEndpoint;
import io.tailwater.stores.redis.RedisOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * One of two nodes of a Redis Cluster goes away, the one by whose address the cluster was found:
 * what it has is a 503, in time, what the other one has is right, and nothing is ever wrong.
 */
@Timeout(120)
class ClusterOutageITCase {
  private static final int SLOTS = 16_384;
  private static final int CLIENTS = 8;
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochMilli(ShopProject.AS_OF), ZoneOffset.UTC);

  /** How long a reply may take where a request may not, and much less than that. */
  private static final Duration PATIENT = Duration.ofSeconds(100);

  private static final Duration SLACK = Duration.ofSeconds(20);
  private static final List<Long> CUSTOMERS = LongStream.range(0, 60).boxed().toList();

  @TempDir private Path folder;
  private EmbeddedRedis lost;
  private EmbeddedRedis kept;
  private Project project;
  private RedisOptions options;
  private List<Long> ofKept;

  @BeforeEach
  void start() throws IOException {
    project = ShopProject.load(folder);
    lost = EmbeddedRedis.createClusterNode();
    kept = EmbeddedRedis.createClusterNode();
    // The view's progress is read with each vector, so it has to stay.
    boolean progressIsLow = slot("shop:%progress:behavior") < SLOTS / 2;
    takeSlots(progressIsLow ? kept : lost, 0, SLOTS / 2);
    takeSlots(progressIsLow ? lost : kept, SLOTS / 2, SLOTS);
    try (Jedis jedis = new Jedis(lost.host(), lost.port())) {
      jedis.clusterMeet(kept.host(), kept.port());
    }
    awaitCluster();
    ofKept =
        CUSTOMERS.stream()
            .filter(id -> slot("shop:behavior:" + id) < SLOTS / 2 == progressIsLow)
            .toList();
    options = RedisOptions.of(RedisEndpoint.of(lost.host(), lost.port()).asCluster());
    CheckingClients.fill(project, options, CUSTOMERS);
  }

  @AfterEach
  void stop() {
    kept.close();
    lost.close();
  }

  @Test
  void aNodeThatIsKilledTakesNoMoreThanItsOwnKeysAlong() throws Exception {
    takesNoMoreThanItsOwnKeysAlong(lost::kill, lost::start, CLIENTS * 10);
  }

  /** Each request for its keys takes as long as it may, so that there are fewer of them. */
  @Test
  void aNodeThatHangsTakesNoMoreThanItsOwnKeysAlong() throws Exception {
    takesNoMoreThanItsOwnKeysAlong(lost::pause, lost::resume, CLIENTS * 3);
  }

  /**
   * @param unavailable how many requests have to be told so while the node is away
   */
  private void takesNoMoreThanItsOwnKeysAlong(Runnable away, Runnable back, int unavailable)
      throws Exception {
    try (FeatureServer server = serve(ServingSettings.DEFAULT)) {
      Http http = new Http(server.uri());
      try (CheckingClients all = CheckingClients.start(http, CLIENTS, CUSTOMERS);
          CheckingClients others = CheckingClients.start(http, CLIENTS, ofKept)) {
        for (int i = 0; i < 2; i++) {
          all.awaitRight(CLIENTS * 20);
          away.run();
          all.awaitUnavailable(unavailable);
          others.awaitRight(CLIENTS * 10);
          back.run();
          awaitCluster();
          all.awaitRight(CLIENTS * 20);
        }
        all.end();
        others.end();
      }
    }
  }

  @Test
  void aRequestIsAnsweredInTimeHoweverLongANodeIsSilent() throws Exception {
    try (FeatureServer server =
        serve(ServingSettings.DEFAULT.withThreads(8).withTimeouts(PATIENT.toMillis(), 500))) {
      Http http = new Http(server.uri());
      try (CheckingClients clients = CheckingClients.start(http, 2 * CLIENTS, CUSTOMERS)) {
        clients.awaitRight(CLIENTS * 20);
        lost.pause();
        clients.awaitUnavailable(CLIENTS * 6);
        lost.resume();
        awaitCluster();
        clients.awaitRight(CLIENTS * 20);
        clients.end();
        assertThat(clients.slowest()).as("with 500 ms for a request").isLessThan(SLACK);
      }
    }
  }

  private FeatureServer serve(ServingSettings settings) throws IOException {
    return FeatureServer.start(project, settings.withAddress("127.0.0.1", 0), options, CLOCK);
  }

  private static int slot(String key) {
    return JedisClusterCRC16.getSlot(key);
  }

  private static void takeSlots(EmbeddedRedis node, int from, int to) {
    try (Jedis jedis = new Jedis(node.host(), node.port())) {
      jedis.configSet("cluster-node-timeout", "60000");
      jedis.clusterAddSlots(IntStream.range(from, to).toArray());
    }
  }

  /** Returns when both nodes know of all slots. */
  private void awaitCluster() {
    for (EmbeddedRedis node : List.of(lost, kept)) {
      try (Jedis jedis = new Jedis(node.host(), node.port())) {
        Await.until(
            () -> "the cluster is not whole",
            () ->
                jedis.clusterInfo().contains("cluster_state:ok")
                    && jedis.clusterInfo().contains("cluster_slots_ok:16384"));
      }
    }
  }
}
