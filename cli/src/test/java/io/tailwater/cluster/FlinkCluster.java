// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cluster;

import io.tailwater.embedded.Await;
import io.tailwater.embedded.ChildProcess;
import io.tailwater.embedded.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.rest.messages.EmptyMessageParameters;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.taskmanager.TaskManagersHeaders;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * A standalone Flink cluster as a distribution starts it: a JobManager and TaskManagers of a slot
 * each, every one a process, configured by {@code flink-conf/config.yaml} with other addresses,
 * folders and sizes. Ports and folders stay the same when a process is killed and started again.
 * For one thread.
 */
final class FlinkCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration RUN_PATIENCE = Duration.ofMinutes(5);
  private static final Pattern SUBMITTED = Pattern.compile("JobID ([0-9a-f]{32})");

  private final Path directory;
  private final Path folder;
  private final Configuration configuration;
  private final List<ChildProcess> taskManagers = new ArrayList<>();
  private ChildProcess jobManager;
  private RestClusterClient<StandaloneClusterId> client;
  private int started;

  /**
   * Starts a cluster and returns at once.
   *
   * @param directory for everything that it writes
   * @param overrides what this cluster has otherwise than the tests' clusters have
   */
  FlinkCluster(Path directory, int taskManagers, Map<String, String> overrides) throws Exception {
    this.directory = directory;
    this.folder = Files.createDirectories(directory.resolve("conf"));
    this.configuration =
        GlobalConfiguration.loadConfiguration(FlinkDistribution.configuration().toString());
    configuration.addAll(Configuration.fromMap(ClusterSettings.of(directory)));
    configuration.addAll(Configuration.fromMap(overrides));
    ClusterSettings.write(configuration, folder.resolve("config.yaml"));
    try {
      startJobManager();
      for (int i = 0; i < taskManagers; i++) {
        startTaskManager();
      }
      client = new RestClusterClient<>(configuration, StandaloneClusterId.getInstance());
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  /** Flink's own client of this cluster. */
  RestClusterClient<StandaloneClusterId> client() {
    return client;
  }

  /** The JobManager's process. */
  ChildProcess jobManager() {
    return jobManager;
  }

  /** The TaskManagers' processes that were started and not killed, in this order. */
  List<ChildProcess> taskManagers() {
    return taskManagers;
  }

  /** Starts a JobManager where there is none, and returns at once. */
  void startJobManager() throws IOException {
    JobManagerProcessSpec memory = JobManagerProcessUtils.processSpecFromConfig(configuration);
    List<String> command = java();
    command.addAll(words(JobManagerProcessUtils.generateJvmParametersStr(memory, configuration)));
    command.addAll(main("org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint"));
    command.addAll(words(JobManagerProcessUtils.generateDynamicConfigsStr(memory)));
    jobManager = ChildProcess.start("jobmanager-" + ++started, directory, Map.of(), command);
  }

  /** Starts one more TaskManager, and returns at once. */
  void startTaskManager() throws IOException {
    TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(configuration);
    List<String> command = java();
    command.addAll(words(ProcessMemoryUtils.generateJvmParametersStr(memory)));
    command.addAll(main("org.apache.flink.runtime.taskexecutor.TaskManagerRunner"));
    command.addAll(words(TaskExecutorProcessUtils.generateDynamicConfigsStr(memory)));
    taskManagers.add(ChildProcess.start("taskmanager-" + ++started, directory, Map.of(), command));
  }

  /** Kills a TaskManager as a crash does. */
  void killTaskManager(int index) {
    taskManagers.remove(index).kill();
  }

  /** Waits until all TaskManagers that run have registered with the JobManager. */
  void awaitReady() throws Exception {
    int port = configuration.get(RestOptions.PORT);
    jobManager.awaitReady(PATIENCE, () -> listens(port));
    int count = taskManagers.size();
    Await.until(
        PATIENCE,
        () -> "not yet: %d TaskManagers%n%s".formatted(count, lastWords()),
        () -> registered() >= count);
  }

  /**
   * {@code flink run} of the JAR.
   *
   * @param options of Flink's client, as {@code -d}
   * @param main the class
   * @param arguments of the main
   * @return what the client printed
   */
  String run(List<String> options, String main, List<String> arguments) throws IOException {
    List<String> command = java();
    command.addAll(List.of("-Xmx512m", "-cp", FlinkDistribution.classPath()));
    command.addAll(List.of("org.apache.flink.client.cli.CliFrontend", "run"));
    command.addAll(options);
    command.addAll(List.of("-c", main, FlinkDistribution.jar().toString()));
    command.addAll(arguments);
    Map<String, String> environment = Map.of("FLINK_CONF_DIR", folder.toString());
    try (ChildProcess run =
        ChildProcess.start("run-" + ++started, directory, environment, command)) {
      int exitCode = run.exitCode(RUN_PATIENCE);
      String printed = Files.readString(run.output());
      if (exitCode != 0) {
        throw new IllegalStateException("flink run ended with %d: %s".formatted(exitCode, printed));
      }
      return printed;
    }
  }

  /** Submits a job and returns at once; its id is in what the client says. */
  JobID submit(List<String> options, String main, List<String> arguments) throws IOException {
    List<String> detached = new ArrayList<>(options);
    detached.add("-d");
    String printed = run(detached, main, arguments);
    Matcher id = SUBMITTED.matcher(printed);
    if (!id.find()) {
      throw new IllegalStateException("found no job in what flink run said: " + printed);
    }
    return JobID.fromHexString(id.group(1));
  }

  /** The ends of what the processes printed, for a failure's message. */
  String lastWords() {
    StringBuilder words = new StringBuilder();
    for (ChildProcess process : processes()) {
      words.append(process.output().getFileName()).append(": ").append(process.lastWords());
      words.append(System.lineSeparator());
    }
    return words.toString();
  }

  /** What all processes have printed, those that are gone among them. */
  List<Path> outputs() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".out")).toList();
    }
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
    processes().forEach(ChildProcess::kill);
  }

  private List<ChildProcess> processes() {
    List<ChildProcess> processes = new ArrayList<>(taskManagers);
    if (jobManager != null) {
      processes.add(jobManager);
    }
    return processes;
  }

  private int registered() throws Exception {
    return client
        .sendRequest(
            TaskManagersHeaders.getInstance(),
            EmptyMessageParameters.getInstance(),
            EmptyRequestBody.getInstance())
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .getTaskManagerInfos()
        .size();
  }

  private List<String> java() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(words(configuration.get(CoreOptions.FLINK_JVM_OPTIONS)));
    // It is not computed for long: a quick start counts for more.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dlog4j2.configurationFile=" + System.getProperty("log4j2.configurationFile"));
    return command;
  }

  private List<String> main(String name) throws IOException {
    return List.of("-cp", FlinkDistribution.classPath(), name, "--configDir", folder.toString());
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+"));
  }

  /** Whether something listens on a port of this machine. */
  static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(Ports.LOOPBACK, port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
