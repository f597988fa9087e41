// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import redis.embedded.RedisServer;

/**
 * The redis-server program for this machine, unpacked from the library that ships it.
 *
 * <p>Where the first choice does not run, the next one may: on x86-64 Linux without glibc or
 * OpenSSL, the statically linked 32-bit server does.
 */
final class RedisBinary {
  /** The environment variable that names a redis-server of one's own. */
  static final String OVERRIDE = "TAILWATER_REDIS_SERVER";

  private RedisBinary() {}

  /**
   * Starts a server and returns when it answers.
   *
   * @param directory where the program is unpacked and the server works
   * @throws EmbeddedServiceException if none of the programs runs here, with the reason of each
   */
  static RedisProcess start(Path directory, int port, List<String> settings) {
    List<String> failures = new ArrayList<>();
    for (String candidate :
        candidates(System.getProperty("os.name"), System.getProperty("os.arch"))) {
      try {
        return RedisProcess.start(unpack(candidate, directory), directory, port, settings);
      } catch (IOException e) {
        failures.add(candidate + ": " + e.getMessage());
      }
    }
    throw new EmbeddedServiceException(
        "No redis-server runs on this machine (%s, %s):%n  %s%nInstall one and name it: %s=/path/to/redis-server"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                failures.isEmpty() ? "none is shipped for it" : String.join("\n  ", failures),
                OVERRIDE));
  }

  private static List<String> candidates(String osName, String architecture) {
    String override = System.getenv(OVERRIDE);
    if (override != null) {
      return List.of(override);
    }
    String system = osName.toLowerCase(Locale.ROOT);
    boolean arm = architecture.equals("aarch64");
    if (system.startsWith("linux")) {
      return arm
          ? List.of("redis-server-6.2.7-linux-arm64")
          : List.of("redis-server-6.2.6-v5-linux-amd64", "redis-server-6.2.7-linux-386");
    }
    if (system.startsWith("mac")) {
      return List.of("redis-server-6.2.6-v5-darwin-" + (arm ? "arm64" : "amd64"));
    }
    return List.of();
  }

  private static Path unpack(String name, Path directory) throws IOException {
    Path given = Path.of(name);
    if (given.isAbsolute()) {
      return given;
    }
    Path program = directory.resolve(name);
    if (Files.exists(program)) {
      return program;
    }
    try (InputStream content = RedisServer.class.getResourceAsStream("/" + name)) {
      if (content == null) {
        throw new FileNotFoundException("not in the library embedded-redis");
      }
      Files.copy(content, program);
    }
    if (!program.toFile().setExecutable(true)) {
      throw new IOException("cannot be made executable in " + directory);
    }
    return program;
  }
}
