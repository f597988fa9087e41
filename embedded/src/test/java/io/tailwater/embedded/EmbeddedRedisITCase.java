// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.embedded.EmbeddedRedis.Durability;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

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
    try (EmbeddedRedis redis = EmbeddedRedis.create(Ports.free(), Durability.UNTIL_CLOSED)) {
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

    awaitNone(ProcessHandle.current().descendants().toList());
    Ports.requireFree("Test", redis.port());
  }

  @Test
  void endsWithAParentThatIsKilledAndLeavesNoFiles() throws IOException, InterruptedException {
    Process parent =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                RedisHolder.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
      Path directory = Path.of(output.readLine());
      assertThat(directory).isDirectory();
      List<ProcessHandle> descendants = parent.descendants().toList();
      assertThat(descendants).isNotEmpty();

      parent.destroyForcibly().waitFor();

      awaitNone(descendants);
      assertThat(directory).doesNotExist();
    } finally {
      parent.destroyForcibly();
    }
  }

  private static void awaitNone(List<ProcessHandle> processes) {
    for (ProcessHandle process : processes) {
      assertThat(process.onExit().orTimeout(20, TimeUnit.SECONDS))
          .as("the end of process %d (%s)", process.pid(), process.info().command())
          .succeedsWithin(Duration.ofSeconds(20));
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
