// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks.serving;

import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.serving.FeatureClient;
import io.tailwater.stores.redis.OnlineLayout;
import io.tailwater.stores.redis.RedisOptions;
import io.tailwater.stores.redis.VectorFields;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures serving, over HTTP and in Java, on the axes of Feast's benchmark. See README.md. */
@Command(
    name = "benchmarks/run serving",
    mixinStandardHelpOptions = true,
    description = "Serving from a local Redis: latency at a fixed rate, and the highest rate.",
    showDefaultValues = true)
public final class ServingBenchmark implements Callable<Integer> {
  private static final double MILLI = 1e6;

  @Spec private CommandSpec spec;

  @Option(names = "--entities", defaultValue = "10000", description = "Entities in Redis.")
  private int entities;

  @Option(
      names = "--cells",
      split = ",",
      converter = CellConverter.class,
      defaultValue =
          "50x1@100,50x10@100,50x50@100,50x100@100,250x1@100,widex1@100,50x1@1000,widex1@1000",
      description =
          "FEATURESxENTITIES@RATE, with a rate in requests a second. Features are in views of ten;"
              + " 'wide' is 50 features in one view.")
  private List<Cell> cells;

  @Option(
      names = "--connections",
      defaultValue = "5",
      description = "Connections, or threads, of the callers at a fixed rate.")
  private int connections;

  @Option(
      names = "--busy-connections",
      defaultValue = "16",
      description = "Those that look for the highest rate, for each contender the same.")
  private int busyConnections;

  @Option(
      names = "--seconds",
      defaultValue = "5",
      description = "Length of each measurement of a round.")
  private double seconds;

  @Option(names = "--rounds", defaultValue = "5", description = "Rounds, of which medians count.")
  private int rounds;

  @Option(
      names = "--warm-up",
      defaultValue = "10",
      description = "Seconds of the load at its highest rate before the first round, for each way.")
  private double warmUp;

  @Option(
      names = "--only",
      defaultValue = "ALL",
      description = "What to measure: ${COMPLETION-CANDIDATES}.")
  private Part part;

  @Option(
      names = "--redis-benchmark",
      paramLabel = "FILE",
      description = "Default: the one on the PATH; without one, a loop of our own.")
  private @Nullable Path redisBenchmark;

  @Option(
      names = "--server-option",
      paramLabel = "OPTION",
      description = "An option of the server's JVM, beside those of the launcher.")
  private List<String> serverOptions = new ArrayList<>();

  /** What can be measured. */
  enum Part {
    ALL,
    LATENCY,
    RATE
  }

  /** For picocli. */
  @SuppressWarnings("NullAway.Init") // picocli fills the fields in
  public ServingBenchmark() {}

  /** Prints the tables. */
  public static void main(String[] arguments) {
    System.exit(command().execute(arguments));
  }

  static CommandLine command() {
    return new CommandLine(new ServingBenchmark()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("tailwater-serving-");
    try (EmbeddedRedis redis = EmbeddedRedis.create()) {
      FeatureShape shape = new FeatureShape(entities);
      Project project = shape.define(folder, redis.address());
      RedisOptions options = RedisOptions.of(redis.host(), redis.port());
      shape.fill(project, options, Clock.systemUTC().millis());
      try (ServerProcess server = ServerProcess.start(folder, serverOptions);
          FeatureClient client =
              FeatureClient.create(
                  project, options.withConnections(busyConnections), Clock.systemUTC())) {
        BareRedis bare = bareRedis(project, redis);
        Target http = new Target.Http(server.address(), entities);
        Target java = new Target.InProcess(client, entities);
        List<Target> targets = List.of(http, java, new Target.Bare(bare));
        checkAndWarmUp(List.of(http, java));
        if (part != Part.RATE) {
          measureLatencies(targets);
        }
        if (part != Part.LATENCY) {
          measureRates(List.of(http, java), bare);
        }
      }
    } finally {
      Files.delete(folder.resolve("serving.yaml"));
      Files.delete(folder.resolve("tailwater.yaml"));
      Files.delete(folder);
    }
    return 0;
  }

  private BareRedis bareRedis(Project project, EmbeddedRedis redis) {
    StoredView view = project.storedView(FeatureShape.WIDE).orElseThrow();
    RedisOptions options = RedisOptions.of(redis.host(), redis.port());
    OnlineLayout layout = OnlineLayout.of(options.layout(), project.name(), view);
    VectorFields fields =
        layout.select(layout.features().stream().map(feature -> feature.name()).toList());
    return new BareRedis(
        new InetSocketAddress(redis.host(), redis.port()),
        fields,
        entities,
        redisBenchmark == null ? BareRedis.onPath() : redisBenchmark);
  }

  private void checkAndWarmUp(List<Target> targets) throws IOException, InterruptedException {
    for (Target target : targets) {
      List<Cell> answered = cells(target);
      for (Cell cell : answered) {
        target.check(cell.question());
        target.highestRate(cell.question(), busyConnections, length(warmUp / answered.size()));
      }
    }
  }

  private void measureLatencies(List<Target> targets) throws IOException, InterruptedException {
    Map<String, List<Histogram>> measured = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Cell cell : cells) {
        for (Target target : targets) {
          if (target.answers(cell.question())) {
            String label =
                "| %s | %d | %d | %s |"
                    .formatted(cell.service(), cell.rows(), cell.rate(), target.label());
            Load load = new Load(target.callers(cell.question()), connections);
            measured
                .computeIfAbsent(label, added -> new ArrayList<>())
                .add(load.openLoop(cell.rate(), length(seconds)));
          }
        }
      }
    }
    print(measured);
  }

  private List<Cell> cells(Target target) {
    return cells.stream().filter(cell -> target.answers(cell.question())).toList();
  }

  private void print(Map<String, List<Histogram>> measured) {
    out()
        .printf(
            Locale.ROOT,
            "Milliseconds from when a request was due to the end of its answer; %d connections, medians of %d rounds of %.1f s%n%n",
            connections,
            rounds,
            seconds);
    out().println("| features | entities | requests/s | | p50 | p99 | p99.9 | p99, least – most |");
    out().println("|---|---|---|---|---|---|---|---|");
    measured.forEach(
        (label, found) -> {
          List<Double> tails = found.stream().map(one -> percentile(one, 99)).sorted().toList();
          out()
              .printf(
                  Locale.ROOT,
                  "%s %.2f | %.2f | %.2f | %.2f – %.2f |%n",
                  label,
                  median(found, one -> percentile(one, 50)),
                  median(found, one -> percentile(one, 99)),
                  median(found, one -> percentile(one, 99.9)),
                  tails.get(0),
                  tails.get(tails.size() - 1));
        });
    out().println();
    out().flush();
  }

  private void measureRates(List<Target> targets, BareRedis redis)
      throws IOException, InterruptedException {
    Question wide = new Question(FeatureShape.WIDE, 1);
    Question narrow = new Question(FeatureShape.service(50), 1);
    List<Double> bare = new ArrayList<>();
    Map<String, List<Double>> measured = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      bare.add(redis.perSecond(busyConnections, length(seconds)));
      for (Target target : targets) {
        for (Question question : List.of(wide, narrow)) {
          measured
              .computeIfAbsent(
                  "%s, 50 features of %s"
                      .formatted(target.label(), question.equals(wide) ? "one view" : "five views"),
                  added -> new ArrayList<>())
              .add(target.highestRate(question, busyConnections, length(seconds)));
        }
      }
    }
    out()
        .printf(
            Locale.ROOT,
            "One entity a request, %d connections that ask again at once, medians of %d rounds of %.1f s; HMGET by %s%n%n",
            busyConnections,
            rounds,
            seconds,
            redis.label());
    out().println("| | requests/s | of bare HMGET | least – most |");
    out().println("|---|---|---|---|");
    print("bare HMGET of the one view", bare, bare);
    measured.forEach((label, rates) -> print(label, rates, bare));
    out().flush();
  }

  /** Ratios are of what was measured in the same round. */
  private void print(String label, List<Double> rates, List<Double> bare) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < rates.size(); round++) {
      ratios.add(rates.get(round) / bare.get(round));
    }
    List<Double> sorted = rates.stream().sorted().toList();
    out()
        .printf(
            Locale.ROOT,
            "| %s | %,.0f | %.2f | %,.0f – %,.0f |%n",
            label,
            median(rates, rate -> rate),
            median(ratios, ratio -> ratio),
            sorted.get(0),
            sorted.get(sorted.size() - 1));
  }

  private static double percentile(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / MILLI;
  }

  private static <T> double median(List<T> of, ToDoubleFunction<T> measure) {
    double[] sorted = of.stream().mapToDouble(measure).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private static Duration length(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** For picocli. */
  private static final class CellConverter implements CommandLine.ITypeConverter<Cell> {
    @Override
    public Cell convert(String text) {
      return Cell.parse(text);
    }
  }
}
