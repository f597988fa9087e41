// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.oracle.NaiveEvent;
import io.tailwater.aggregation.oracle.NaiveViews;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.program.ViewProgram;
import io.tailwater.jobs.view.WindowsHarness.Setup;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random streams through a job that restarts with other parallelisms, against the naive oracle. */
class RescaleTest {
  private static final int CUSTOMERS = 6;
  private static final long MIDNIGHT = 86_400_000;
  private static final long LATENESS = 40;

  /** Of a few customers: more different values of some than are held without pages. */
  private static final int EVENTS_A_RUN = 60;

  private static final Window LAGGED = new Window.Sliding(20, 15, 1);
  private static final Window HOPPING = new Window.Sliding(30, 0, 10);
  private static final Window TODAY =
      new Window.Calendar(Window.Calendar.Period.DAY, ZoneId.of("UTC"));
  private static final Window LIFETIME = new Window.Lifetime();
  private static final FeatureView VIEW =
      TestViews.spend(
          LATENESS,
          TestViews.count(7),
          TestViews.count(50),
          TestViews.of(AggregateFunction.SUM, 20),
          TestViews.of(AggregateFunction.MIN, 20),
          TestViews.over(LAGGED, AggregateFunction.AVG),
          TestViews.over(LAGGED, AggregateFunction.LAST_N, 3),
          TestViews.over(HOPPING, AggregateFunction.MEDIAN),
          TestViews.over(TODAY, AggregateFunction.FIRST),
          TestViews.byCategory(TODAY, AggregateFunction.SUM),
          TestViews.byCategory(Window.sliding(30), AggregateFunction.COUNT_DISTINCT),
          TestViews.over(LIFETIME, AggregateFunction.COUNT_DISTINCT),
          TestViews.over(LIFETIME, AggregateFunction.LAST_DISTINCT_N, 4),
          TestViews.over(LIFETIME, AggregateFunction.APPROX_COUNT_DISTINCT),
          TestViews.byCategory(LIFETIME, AggregateFunction.MAX));

  @ParameterizedTest
  @CsvSource({"HEAP, 1, 5", "ROCKSDB, 1000, 2"})
  void restartsAndRescalingsChangeNothing(Backend backend, long firstSeed, int cases) {
    for (long seed = firstSeed; seed < firstSeed + cases; seed++) {
      try (Job job = new Job(backend)) {
        new Stream(seed, job).run();
      } catch (Exception | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  /** All subtasks of the operator, and what they have emitted. */
  private static final class Job implements AutoCloseable {
    final Map<Long, SortedMap<Long, OfflineRow>> table = new HashMap<>();
    final Map<Long, OnlineVector> online = new HashMap<>();
    private final Backend backend;
    private List<WindowsHarness> subtasks = List.of();

    Job(Backend backend) throws Exception {
      this.backend = backend;
      subtasks = List.of(Setup.of(VIEW).on(backend.create()).start());
    }

    void event(long customer, long time, String id, Double amount) throws Exception {
      int subtask =
          KeyGroupRangeAssignment.assignKeyToParallelOperator(
              WindowsHarness.key(customer), WindowsHarness.MAX_PARALLELISM, subtasks.size());
      subtasks.get(subtask).event(customer, time, id, amount);
    }

    void watermark(long instant) throws Exception {
      for (WindowsHarness subtask : subtasks) {
        subtask.watermark(instant);
      }
    }

    void restart(int parallelism) throws Exception {
      List<OperatorSubtaskState> states = new ArrayList<>();
      for (WindowsHarness subtask : subtasks) {
        states.add(subtask.checkpoint());
      }
      close();
      List<WindowsHarness> restored = new ArrayList<>();
      for (int i = 0; i < parallelism; i++) {
        restored.add(
            Setup.of(VIEW)
                .on(backend.create())
                .asSubtask(i, parallelism)
                .restore(WindowsHarness.rescale(states, parallelism, i)));
      }
      subtasks = restored;
    }

    void collect() {
      for (WindowsHarness subtask : subtasks) {
        subtask.offline().forEach(this::add);
        subtask.online().forEach(vector -> online.put((Long) vector.key()[0], vector));
      }
    }

    private void add(OfflineRow row) {
      OfflineRow old =
          table
              .computeIfAbsent((Long) row.key()[0], customer -> new TreeMap<>())
              .put(row.eventTimestamp(), row);
      if (old != null) {
        assertThat(row.createdTimestamp()).isGreaterThan(old.createdTimestamp());
      }
    }

    @Override
    public void close() throws Exception {
      collect();
      for (WindowsHarness subtask : subtasks) {
        subtask.close();
      }
      subtasks = List.of();
    }
  }

  /** One random stream, within the allowed lateness. */
  private static final class Stream {
    private final Random random;
    private final Job job;
    private final Map<Long, List<NaiveEvent>> applied = new HashMap<>();

    Stream(long seed, Job job) {
      this.random = new Random(seed);
      this.job = job;
    }

    void run() throws Exception {
      int[] parallelisms = {2, 1, 3, 1};
      long clock = MIDNIGHT - 300;
      long watermark = clock - 100;
      for (int parallelism : parallelisms) {
        for (int i = 0; i < EVENTS_A_RUN; i++) {
          clock += random.nextInt(5);
          offer(Math.max(watermark - LATENESS, clock - random.nextInt(30)), i + "-" + clock);
          if (random.nextInt(4) == 0) {
            watermark = Math.max(watermark, clock - random.nextInt(20));
            job.watermark(watermark);
          }
        }
        job.restart(parallelism);
      }
      long end = clock + 25;
      job.watermark(end);
      job.restart(2);
      check(end);
    }

    private void offer(long time, String id) throws Exception {
      long customer = random.nextInt(CUSTOMERS);
      Double amount = random.nextInt(5) == 0 ? null : random.nextInt(10_000) / 100.0;
      job.event(customer, time, id, amount);
      if (random.nextInt(6) == 0) {
        job.event(customer, time, id, amount);
      }
      applied
          .computeIfAbsent(customer, ignored -> new ArrayList<>())
          .add(new NaiveEvent(time, id.getBytes(UTF_8), TestViews.columns(VIEW, amount)));
    }

    private void check(long end) {
      applied.forEach(
          (customer, events) -> {
            NaiveViews naive = new NaiveViews(ViewProgram.planOf(VIEW), events);
            SortedMap<Long, OfflineRow> rows = job.table.get(customer);
            naive.rows(end).forEach((instant, row) -> assertSame(rows.get(instant).values(), row));
            rows.forEach((instant, row) -> assertSame(row.values(), naive.at(instant)));
            assertSame(job.online.get(customer).values(), naive.at(end));
          });
    }

    private static void assertSame(Object[] actual, Object[] expected) {
      assertThat(NaiveViews.sameBits(actual, expected))
          .as("found %s, expected %s", Arrays.toString(actual), Arrays.toString(expected))
          .isTrue();
    }
  }
}
