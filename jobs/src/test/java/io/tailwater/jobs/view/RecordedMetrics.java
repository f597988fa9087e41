// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import static org.apache.flink.runtime.executiongraph.ExecutionGraphTestUtils.createExecutionAttemptId;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;

/** The metrics that an operator in Flink's harness registers. */
final class RecordedMetrics {
  private final Map<String, Metric> metrics = new HashMap<>();

  /** The group of a task whose metrics are recorded. */
  TaskMetricGroup taskGroup() {
    TestingMetricRegistry registry =
        TestingMetricRegistry.builder()
            .setRegisterConsumer(
                (metric, name, group) -> metrics.put(group.getMetricIdentifier(name), metric))
            .build();
    return TaskManagerMetricGroup.createTaskManagerMetricGroup(
            registry, "host", ResourceID.generate())
        .addJob(new JobID(), "job")
        .addTask(createExecutionAttemptId(), "task");
  }

  /** What the counter has come to whose identifier ends with that name. */
  long count(String name) {
    return ((Counter) find(name)).getCount();
  }

  /** What the gauge says whose identifier ends with that name. */
  long gauge(String name) {
    return (Long) ((Gauge<?>) find(name)).getValue();
  }

  private Metric find(String name) {
    List<Metric> found =
        metrics.entrySet().stream()
            .filter(metric -> metric.getKey().endsWith("." + name))
            .map(Map.Entry::getValue)
            .toList();
    if (found.size() != 1) {
      throw new AssertionError("%s: found %s of %s".formatted(name, found, metrics.keySet()));
    }
    return found.get(0);
  }
}
