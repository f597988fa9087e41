// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks.serving;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailwater.stores.redis.VectorFields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How many bare HMGETs of one view's features Redis answers in a second, not pipelined: measured by
 * {@code redis-benchmark} where there is one, and else by a loop of our own over plain sockets.
 */
final class BareRedis {
  /** The command, the requests a second, and in newer ones more columns. */
  private static final Pattern ROW = Pattern.compile("\"[^\"]*\",\"([0-9.]+)\".*");

  private final InetSocketAddress redis;
  private final VectorFields fields;
  private final int entities;
  private final @Nullable Path program;

  /**
   * @param program {@code redis-benchmark}; null if there is none
   */
  BareRedis(InetSocketAddress redis, VectorFields fields, int entities, @Nullable Path program) {
    this.redis = redis;
    this.fields = fields;
    this.entities = entities;
    this.program = program;
  }

  /** {@code redis-benchmark} on the PATH; null if there is none. */
  static @Nullable Path onPath() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(":"))
        .map(folder -> Path.of(folder, "redis-benchmark"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  /** Who measures, for the output. */
  String label() {
    return program == null
        ? "a loop of our own (no redis-benchmark found)"
        : program.getFileName().toString();
  }

  /** Commands answered in a second. */
  double perSecond(int connections, Duration length) throws IOException, InterruptedException {
    return program == null
        ? byOurselves(connections, length)
        : byProgram(program, connections, length);
  }

  private double byOurselves(int connections, Duration length) throws IOException {
    return new EventLoop(redis, commands(), Framing.REDIS_LIST).run(connections, length);
  }

  /** Connections that send the command. */
  Caller.Factory callers() {
    byte[][] commands = commands();
    return () -> new SocketCaller(redis, commands, Framing.REDIS_LIST);
  }

  /** It wants a number of commands: one run finds out how many fill the time. */
  private double byProgram(Path benchmark, int connections, Duration length)
      throws IOException, InterruptedException {
    int few = 20_000;
    double rate = byProgram(benchmark, connections, few);
    int many = (int) Math.max(few, rate * length.toMillis() / 1_000);
    return byProgram(benchmark, connections, many);
  }

  private double byProgram(Path benchmark, int connections, int commands)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(benchmark.toString(), "-h", redis.getHostString()));
    command.addAll(List.of("-p", String.valueOf(redis.getPort()), "-c", "" + connections));
    command.addAll(List.of("-n", "" + commands, "-r", "" + entities, "--csv", "HMGET"));
    command.add(key(FeatureShape.FIRST_KEY).replaceFirst("\\d{12}$", "__rand_int__"));
    fieldNames().forEach(command::add);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("redis-benchmark failed: " + output);
    }
    String last = output.lines().reduce("", (before, line) -> line);
    Matcher row = ROW.matcher(last);
    if (!row.matches()) {
      throw new IOException("found no rate in the output of redis-benchmark: " + output);
    }
    return Double.parseDouble(row.group(1));
  }

  private byte[][] commands() {
    byte[][] commands = new byte[entities][];
    for (int entity = 0; entity < commands.length; entity++) {
      List<String> words = new ArrayList<>(List.of("HMGET", key(FeatureShape.FIRST_KEY + entity)));
      fieldNames().forEach(words::add);
      ByteArrayOutputStream command = new ByteArrayOutputStream();
      command.writeBytes("*%d\r\n".formatted(words.size()).getBytes(UTF_8));
      words.forEach(
          word ->
              command.writeBytes("$%d\r\n%s\r\n".formatted(word.length(), word).getBytes(UTF_8)));
      commands[entity] = command.toByteArray();
    }
    return commands;
  }

  private String key(long entity) {
    return new String(fields.redisKey(new Object[] {entity}), UTF_8);
  }

  private Stream<String> fieldNames() {
    return Arrays.stream(fields.fields()).map(field -> new String(field, UTF_8));
  }
}
