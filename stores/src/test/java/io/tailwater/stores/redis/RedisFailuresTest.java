// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.embedded.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

class RedisFailuresTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "LOADING Redis is loading the dataset in memory",
        "BUSY Redis is busy running a script. You can only call SCRIPT KILL",
        "READONLY You can't write against a read only replica.",
        "TRYAGAIN Multiple keys request during rehashing of slot",
        "CLUSTERDOWN The cluster is down",
        "MASTERDOWN Link with MASTER is down",
        "OOM command not allowed when used memory > 'maxmemory'.",
        "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to",
        "NOREPLICAS Not enough good replicas to write.",
        "ERR max number of clients reached",
        "ERR Error running script (call to f_1): @user_script:9: -READONLY You can't write against",
        "ERR Error running script (call to f_1): @user_script: 9: OOM command not allowed when"
      })
  void waitsOutAServerThatMayRecover(String message) {
    assertThat(RedisFailures.isTransient(new JedisDataException(message))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERR unknown command",
        "WRONGTYPE Operation against a key holding the wrong kind of value",
        "ERR Error running script (call to f_1): @user_script:9: WRONGTYPE Operation against a key",
        "BADVECTOR _event_timestamp or _version"
      })
  void doesNotRepeatWhatWillNeverSucceed(String message) {
    assertThat(RedisFailures.isTransient(new JedisDataException(message))).isFalse();
  }

  @Test
  void waitsOutConnectionsAndMovedSlotsButNotRefusedCredentials() {
    JedisException lost = new JedisConnectionException("Connection reset");
    JedisException moved = new JedisMovedDataException("MOVED", new HostAndPort("other", 1), 7);
    JedisException refused = new JedisAccessControlException("WRONGPASS invalid password");
    assertThat(RedisFailures.isTransient(lost)).isTrue();
    assertThat(RedisFailures.isTransient(moved)).isTrue();
    assertThat(RedisFailures.isTransient(refused)).isFalse();
    assertThat(RedisFailures.needsNewConnection(lost)).isTrue();
    assertThat(RedisFailures.needsNewConnection(moved)).isTrue();
    assertThat(RedisFailures.needsNewConnection(new JedisDataException("LOADING"))).isFalse();
  }

  @Test
  void aPoolWithoutAFreeConnectionIsNoReasonForANewOne() {
    JedisException exhausted =
        new JedisException("Could not get a resource", new NoSuchElementException("timeout"));
    JedisException late =
        new JedisConnectionException("read", new SocketTimeoutException("Read timed out"));
    assertThat(RedisFailures.needsNewConnection(exhausted)).isFalse();
    assertThat(RedisFailures.isTimeout(exhausted)).isFalse();
    assertThat(RedisFailures.needsNewConnection(late)).isTrue();
    assertThat(RedisFailures.isTimeout(late)).isTrue();
    assertThat(RedisFailures.isTimeout(new JedisConnectionException("reset"))).isFalse();
  }

  @Test
  void aServerThatLetsNobodyInIsLate() throws IOException {
    List<Socket> waiting = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName(Ports.LOOPBACK))) {
      while (isLetIn(full, waiting)) {}
      RedisOptions options =
          RedisOptions.of(Ports.LOOPBACK, full.getLocalPort())
              .withTimeouts(Duration.ofMillis(100), Duration.ofSeconds(10));
      try (RedisConnection connection = new RedisConnection(options)) {
        assertThatThrownBy(connection.client()::ping)
            .isInstanceOf(JedisConnectionException.class)
            .matches(RedisFailures::isTimeout, "is a timeout");
      }
    } finally {
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  /** Adds one more to those who wait to be accepted. */
  private static boolean isLetIn(ServerSocket server, List<Socket> waiting) throws IOException {
    Socket socket = new Socket();
    waiting.add(socket);
    try {
      socket.connect(server.getLocalSocketAddress(), 500);
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  @Test
  void aServerThatRefusesIsNotLate() {
    RedisOptions options = RedisOptions.of(Ports.LOOPBACK, Ports.free());
    try (RedisConnection connection = new RedisConnection(options)) {
      assertThatThrownBy(connection.client()::ping)
          .isInstanceOf(JedisConnectionException.class)
          .matches(failure -> !RedisFailures.isTimeout(failure), "is no timeout");
    }
  }
}
