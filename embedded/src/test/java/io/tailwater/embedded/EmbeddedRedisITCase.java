// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.embedded.EmbeddedRedis.Durability;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisITCase {
  @Test
  void forgetsItsDataWhenItStopsByDefault() throws IOException {
    try (EmbeddedRedis redis = EmbeddedRedis.create()) {
      assertThat(ask(redis, "SET k v")).isEqualTo("+OK");
      assertThat(ask(redis, "STRLEN k")).isEqualTo(":1");

      redis.stop();
      assertThatThrownBy(() -> ask(redis, "PING")).isInstanceOf(IOException.class);
      redis.start();

      assertThat(ask(redis, "STRLEN k")).isEqualTo(":0");
    }
  }

  @Test
  void keepsDurableDataOverAStopAndACrashOnTheSamePort() throws IOException {
    try (EmbeddedRedis redis = EmbeddedRedis.create(Durability.UNTIL_CLOSED)) {
      assertThat(ask(redis, "SET k v")).isEqualTo("+OK");
      redis.stop();
      redis.start();
      assertThat(ask(redis, "APPEND k w")).isEqualTo(":2");
      redis.kill();
      redis.start();
      assertThat(ask(redis, "STRLEN k")).isEqualTo(":2");
    }
  }

  @Test
  void isSilentWhileItIsPaused() throws IOException {
    try (EmbeddedRedis redis = EmbeddedRedis.create();
        Socket socket = new Socket(redis.host(), redis.port())) {
      redis.pause();
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.UTF_8));
      socket.setSoTimeout(100);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);

      redis.resume();
      socket.setSoTimeout(20_000);
      assertThat(socket.getInputStream().read()).isEqualTo('+');
      redis.pause();
      redis.stop();
      redis.start();
      assertThat(ask(redis, "PING")).isEqualTo("+PONG");
    }
  }

  @Test
  void aNodeOfAClusterKeepsWhatItWasToldOverACrash() throws IOException {
    try (EmbeddedRedis node = EmbeddedRedis.createClusterNode()) {
      assertThat(ask(node, "CLUSTER ADDSLOTS 0")).isEqualTo("+OK");
      node.kill();
      node.start();
      assertThat(ask(node, "CLUSTER ADDSLOTS 0")).contains("Slot 0 is already busy");
    }
  }

  @Test
  void refusesAPortInUseAndNamesItsOwner() {
    try (EmbeddedRedis redis = EmbeddedRedis.create()) {
      assertThatThrownBy(() -> EmbeddedRedis.create(redis.port(), Durability.NONE))
          .isInstanceOf(EmbeddedServiceException.class)
          .hasMessageContaining("Redis cannot listen on 127.0.0.1:" + redis.port())
          .hasMessageContaining("Stop it, or choose another port");
    }
  }

  @Test
  void leavesNoProcessBehindWhenItIsClosed() {
    EmbeddedRedis redis = EmbeddedRedis.create();
    assertThat(ProcessHandle.current().descendants()).isNotEmpty();

    redis.close();
    redis.close();

    KilledParent.awaitEnd(ProcessHandle.current().descendants().toList());
    Ports.requireFree("Test", redis.port());
  }

  @Test
  void endsWithAParentThatIsKilledAndLeavesNoFiles(@TempDir Path folder)
      throws IOException, InterruptedException {
    try (KilledParent parent = new KilledParent(ServiceHolder.Service.REDIS, folder)) {
      Path directory = parent.directory();
      List<ProcessHandle> descendants = parent.descendants();
      assertThat(descendants).isNotEmpty();

      parent.kill();

      KilledParent.awaitEnd(descendants);
      assertThat(directory).doesNotExist();
    }
  }

  private static String ask(EmbeddedRedis redis, String command) throws IOException {
    try (Socket socket = new Socket(redis.host(), redis.port())) {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      return Optional.ofNullable(answer.readLine())
          .orElseThrow(() -> new IOException("connection closed"));
    }
  }
}
