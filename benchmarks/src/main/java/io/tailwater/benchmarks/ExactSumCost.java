// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.exact.ExactSum;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;

/**
 * What it costs an event of one window that its sum is exact: the same loop with {@link ExactSum}s
 * and with plain doubles. Customers take turns as in the race; a customer's event adds an amount,
 * subtracts the one that leaves, and reads the rounded sum. Where state is stored as bytes, the sum
 * is decoded before and encoded behind that.
 */
final class ExactSumCost {
  private static final int ROUNDS = 9;
  private static final int EVENTS = 2_000_000;

  /** A window's amounts are this many neighbours of the table of amounts. */
  private static final int IN_WINDOW = 100;

  /** One way to keep the sums of all customers. */
  private interface Sums {
    double exchange(int customer, double entering, double leaving);
  }

  private final double[] amounts;
  private final int customers;

  /**
   * @param customers how many sums there are
   */
  ExactSumCost(int customers) {
    this.customers = customers;
    Workload workload = Workload.inOrder(customers, 1, Duration.ofDays(30), 1);
    this.amounts = new double[4096];
    for (int i = 0; i < amounts.length; i++) {
      amounts[i] = workload.amount(i);
    }
  }

  /**
   * Nanoseconds of CPU time an event that exact sums cost more than doubles.
   *
   * @param stored whether sums are kept as bytes between two events
   */
  double nanosPerEvent(boolean stored) {
    double[] exact = new double[ROUNDS];
    double[] plain = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      exact[round] = nanosPerEvent(stored ? new StoredSums(customers) : new LiveSums(customers));
      plain[round] = nanosPerEvent(stored ? new StoredDoubles(customers) : new Doubles(customers));
    }
    Arrays.sort(exact);
    Arrays.sort(plain);
    return exact[ROUNDS / 2] - plain[ROUNDS / 2];
  }

  private double nanosPerEvent(Sums sums) {
    for (int customer = 0; customer < customers; customer++) {
      for (int i = 0; i < IN_WINDOW; i++) {
        sums.exchange(customer, amount(customer, i), 0);
      }
    }
    double checksum = 0;
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int event = 0; event < EVENTS; event++) {
      int customer = event % customers;
      int turn = event / customers;
      checksum +=
          sums.exchange(customer, amount(customer, turn + IN_WINDOW), amount(customer, turn));
    }
    long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    if (!(checksum > 0)) {
      throw new WrongAnswerException("sums of amounts are %s".formatted(checksum));
    }
    return (double) (end - start) / EVENTS;
  }

  private double amount(int customer, int turn) {
    return amounts[(customer + turn) & (amounts.length - 1)];
  }

  private static final class LiveSums implements Sums {
    private final ExactSum[] sums;

    LiveSums(int customers) {
      sums = new ExactSum[customers];
      Arrays.setAll(sums, customer -> new ExactSum());
    }

    @Override
    public double exchange(int customer, double entering, double leaving) {
      ExactSum sum = sums[customer];
      sum.add(entering);
      sum.subtract(leaving);
      return sum.round();
    }
  }

  private static final class Doubles implements Sums {
    private final double[] sums;

    Doubles(int customers) {
      sums = new double[customers];
    }

    @Override
    public double exchange(int customer, double entering, double leaving) {
      sums[customer] += entering;
      sums[customer] -= leaving;
      return sums[customer];
    }
  }

  private static final class StoredSums implements Sums {
    private final byte[][] sums;
    private final ByteWriter out = new ByteWriter();

    StoredSums(int customers) {
      sums = new byte[customers][];
      Arrays.fill(sums, new byte[] {0});
    }

    @Override
    public double exchange(int customer, double entering, double leaving) {
      ExactSum sum = ExactSum.decode(new ByteReader(sums[customer]));
      sum.add(entering);
      sum.subtract(leaving);
      out.reset();
      sum.encode(out);
      sums[customer] = out.toByteArray();
      return sum.round();
    }
  }

  private static final class StoredDoubles implements Sums {
    private final byte[][] sums;
    private final ByteWriter out = new ByteWriter();

    StoredDoubles(int customers) {
      sums = new byte[customers][];
      Arrays.fill(sums, new byte[Double.BYTES]);
    }

    @Override
    public double exchange(int customer, double entering, double leaving) {
      double sum = Double.longBitsToDouble(new ByteReader(sums[customer]).readFixed64());
      sum += entering;
      sum -= leaving;
      out.reset();
      out.writeFixed64(Double.doubleToRawLongBits(sum));
      sums[customer] = out.toByteArray();
      return sum;
    }
  }
}
