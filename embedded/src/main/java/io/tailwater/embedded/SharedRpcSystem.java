// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.jspecify.annotations.Nullable;

/**
 * Flink's implementation of remote calls, once for all clusters of this JVM, one after the other or
 * at the same time. A cluster of its own would unpack it, load its classes and warm them up anew,
 * which is most of what a second cluster's start takes. Thread-safe.
 */
final class SharedRpcSystem {
  private static @Nullable RpcSystem loaded;

  private SharedRpcSystem() {}

  /** It is closed at the end of the JVM, when the clusters are that were started with it. */
  static synchronized RpcSystem get() {
    if (loaded == null) {
      loaded = load(TemporaryDirectory.create("tailwater-flink-rpc-"));
    }
    return loaded;
  }

  private static RpcSystem load(TemporaryDirectory directory) {
    Configuration configuration = new Configuration();
    configuration.set(CoreOptions.TMP_DIRS, directory.path().toString());
    RpcSystem system;
    try {
      system = RpcSystem.load(configuration);
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
    CloseAtExit.register(
        "flink rpc",
        () -> {
          system.close();
          directory.close();
        });
    return system;
  }
}
