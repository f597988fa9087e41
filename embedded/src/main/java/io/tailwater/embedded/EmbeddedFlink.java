// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.NoSuchElementException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Reference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Flink cluster in this process: JobManager, one TaskManager and the web UI on a free port.
 *
 * <p>Its environments refuse what a job of ours must not have: generic (Kryo) types and operators
 * without a uid. Checkpoints go to files. Thread-safe.
 */
public final class EmbeddedFlink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedFlink.class);

  private final TemporaryDirectory directory;
  private final Configuration configuration;
  private final MiniCluster cluster;
  private final CloseAtExit closeAtExit;
  private @Nullable URI webUi;
  private boolean closed;

  private EmbeddedFlink(int slots, Configuration settings, RpcSystem rpc) {
    this.directory = TemporaryDirectory.create("tailwater-flink-");
    this.configuration = FlinkSettings.of(directory.path(), settings);
    this.cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build(),
            () -> Reference.borrowed(rpc));
    this.closeAtExit = CloseAtExit.register("flink", this::close);
  }

  /** Starts a cluster with our defaults alone. */
  public static EmbeddedFlink create(int slots) {
    return create(slots, new Configuration());
  }

  /**
   * Starts a cluster.
   *
   * @param slots how many parallel pipelines it runs
   * @param settings override our defaults, for the cluster and its environments
   * @throws EmbeddedServiceException if it does not start
   */
  public static EmbeddedFlink create(int slots, Configuration settings) {
    requireNonNull(settings, "settings is null");
    // Before the cluster is known to CloseAtExit, which closes what came last first.
    RpcSystem rpc = rpcSystem();
    EmbeddedFlink flink = new EmbeddedFlink(slots, settings, rpc);
    try {
      flink.cluster.start();
      flink.webUi = flink.cluster.getRestAddress().get();
      return flink;
    } catch (Exception e) {
      EmbeddedServiceException failure = didNotStart(e);
      closeAfter(failure, flink);
      throw failure;
    }
  }

  private static RpcSystem rpcSystem() {
    try {
      return SharedRpcSystem.get();
    } catch (RuntimeException e) {
      throw didNotStart(e);
    }
  }

  private static EmbeddedServiceException didNotStart(Exception e) {
    return new EmbeddedServiceException("Flink did not start: " + explanation(e), e);
  }

  /** An environment whose jobs run on this cluster. */
  public StreamExecutionEnvironment environment() {
    return environment(new Configuration());
  }

  /**
   * An environment whose jobs run on this cluster.
   *
   * @param settings of the job, over those of the cluster
   */
  public StreamExecutionEnvironment environment(Configuration settings) {
    requireNonNull(settings, "settings is null");
    Configuration merged = new Configuration(configuration);
    merged.addAll(settings);
    merged.set(DeploymentOptions.TARGET, MiniClusterExecutor.NAME);
    merged.set(DeploymentOptions.ATTACHED, true);
    return new StreamExecutionEnvironment(
        new MiniClusterExecutor(cluster), merged, EmbeddedFlink.class.getClassLoader());
  }

  /** Where a browser finds the web UI. */
  public URI webUi() {
    return requireNonNull(webUi, "the cluster has not started");
  }

  /** The cluster itself, for savepoints and metrics. */
  public MiniCluster cluster() {
    return cluster;
  }

  /** Ends all jobs and deletes what the cluster wrote below its own directory. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    closeAtExit.cancel();
    try (directory;
        cluster) {
      LOG.debug("Closing the Flink cluster {}", directory.path());
    } catch (Exception e) {
      throw new EmbeddedServiceException("Flink did not stop: " + rootCause(e), e);
    }
  }

  /**
   * Flink unpacks a JAR into its temporary directory and looks into it through a class loader,
   * which takes a file that it cannot open for one without content.
   */
  private static String explanation(Throwable failure) {
    Throwable root = rootCause(failure);
    return root instanceof NoSuchElementException
        ? "a JAR that it had unpacked into its temporary directory was gone or could not be opened:"
            + " either something deletes temporary files, or too many files are open"
        : root.toString();
  }

  private static void closeAfter(Exception failure, AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      failure.addSuppressed(e);
    }
  }

  private static Throwable rootCause(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
