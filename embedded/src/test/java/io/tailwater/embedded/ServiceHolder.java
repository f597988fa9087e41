// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A process that holds an embedded service until it is killed, and tells where its files are. */
final class ServiceHolder {
  /** What can be held. */
  enum Service {
    KAFKA {
      @Override
      Path start() {
        return KafkaProcess.create().directory();
      }
    },
    POSTGRES {
      @Override
      Path start() {
        return EmbeddedPostgres.create().directory();
      }
    },
    REDIS {
      @Override
      Path start() {
        return EmbeddedRedis.create().directory();
      }
    };

    /** Starts the service; its directory. */
    abstract Path start();
  }

  private ServiceHolder() {}

  /**
   * {@code SERVICE FILE}: the directory is written to the file, which is whole when it is there.
   */
  public static void main(String[] arguments) throws InterruptedException, IOException {
    Path directory = Service.valueOf(arguments[0]).start();
    Path file = Path.of(arguments[1]);
    Path part = Files.writeString(Path.of(arguments[1] + ".part"), directory.toString());
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    Thread.currentThread().join();
  }
}
