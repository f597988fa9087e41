// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.oracle.NaiveEvent;
import io.tailwater.aggregation.oracle.NaiveViews;
import io.tailwater.definitions.program.ViewProgram;
import io.tailwater.jobs.topology.Shop.Order;
import io.tailwater.stores.OfflineRow;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the stores have to hold of some orders, recomputed from scratch. */
final class Naive {
  private final Map<Object, NaiveViews> customers;
  private final Map<Long, Integer> expectedRows = new HashMap<>();

  Naive(List<Order> orders) {
    customers =
        orders.stream()
            .collect(
                Collectors.groupingBy(
                    order -> (Object) order.customer(),
                    Collectors.collectingAndThen(Collectors.toList(), Naive::views)));
  }

  /** Whether at least as many rows are there as there have to be up to an instant. */
  boolean hasRows(Collected stores, long end) {
    return stores.rows() >= expectedRows.computeIfAbsent(end, this::countRows);
  }

  private int countRows(long end) {
    return customers.values().stream().mapToInt(views -> views.rows(end).size()).sum();
  }

  private static NaiveViews views(List<Order> orders) {
    return new NaiveViews(
        ViewProgram.planOf(Shop.project("none").views().get(0)),
        orders.stream().map(order -> NaiveEvent.of(order.time(), order.amount())).toList());
  }

  /** Every row up to an instant, and nothing else but rows that repeat the values before them. */
  void checkOffline(Collected stores, long end) {
    customers.forEach(
        (customer, views) -> {
          SortedMap<Long, OfflineRow> rows = new TreeMap<>();
          stores.offline().get(customer).forEach(row -> rows.put(row.eventTimestamp(), row));
          views.rows(end).forEach((instant, values) -> check(rows.get(instant).values(), values));
          rows.forEach((instant, row) -> check(row.values(), views.at(instant)));
        });
  }

  /** The last vectors, once time has come to an instant. */
  void checkOnline(Collected stores, long end) {
    customers.forEach(
        (customer, views) -> check(stores.online().get(customer).values(), views.at(end)));
  }

  private static void check(Object[] found, Object[] expected) {
    assertThat(NaiveViews.sameBits(found, expected))
        .as("found %s, expected %s", Arrays.toString(found), Arrays.toString(expected))
        .isTrue();
  }
}
