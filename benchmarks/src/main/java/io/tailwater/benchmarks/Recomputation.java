// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The right rows of one customer, computed without any of the contenders' code: windows [t − W, t]
 * walked with two hands, sums in BigDecimal and rounded once.
 */
final class Recomputation {
  private record Sale(long time, double amount) {}

  /** One window while it is walked. */
  private static final class Window {
    private final long length;
    private int entered;
    private int left;
    private BigDecimal sum = BigDecimal.ZERO;

    Window(Duration length) {
      this.length = length.toMillis();
    }

    void moveTo(long instant, List<Sale> sales) {
      while (entered < sales.size() && sales.get(entered).time() <= instant) {
        sum = sum.add(new BigDecimal(sales.get(entered++).amount()));
      }
      while (left < entered && sales.get(left).time() < instant - length) {
        sum = sum.subtract(new BigDecimal(sales.get(left++).amount()));
      }
    }

    void addTo(List<Object> values) {
      long count = (long) entered - left;
      values.add(count);
      values.add(count == 0 ? 0.0 : sum.doubleValue());
      values.add(count == 0 ? 0.0 : sum.doubleValue() / count);
    }
  }

  private final List<Sale> sales = new ArrayList<>();
  private final List<Duration> windows;

  /**
   * @param events how many of the workload's events there were, of all customers
   */
  Recomputation(Workload workload, long customer, long events, List<Duration> windows) {
    this.windows = windows;
    for (long index = customer; index < events; index += workload.customers()) {
      if (workload.customer(index) != customer) {
        throw new IllegalStateException("customers no longer take turns");
      }
      sales.add(new Sale(workload.time(index), workload.amount(index)));
    }
  }

  /** One row an event. */
  List<StepRow> atEvents() {
    return at(sales.stream().map(Sale::time).toList());
  }

  /** One row an event and one whenever an event leaves a window: one of the counts changes then. */
  List<StepRow> atSteps() {
    TreeSet<Long> instants = new TreeSet<>();
    for (Sale sale : sales) {
      instants.add(sale.time());
      windows.forEach(window -> instants.add(sale.time() + window.toMillis() + 1));
    }
    return at(instants);
  }

  private List<StepRow> at(Iterable<Long> instants) {
    List<Window> walked = windows.stream().map(Window::new).toList();
    List<StepRow> rows = new ArrayList<>();
    for (long instant : instants) {
      List<Object> values = new ArrayList<>();
      for (Window window : walked) {
        window.moveTo(instant, sales);
        window.addTo(values);
      }
      rows.add(new StepRow(instant, values));
    }
    return rows;
  }
}
