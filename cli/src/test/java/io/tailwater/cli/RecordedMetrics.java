// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** The names of all metrics that jobs of this process have registered. Flink makes it by itself. */
public final class RecordedMetrics implements MetricReporter, MetricReporterFactory {
  private static final Set<String> IDENTIFIERS = ConcurrentHashMap.newKeySet();

  /** Settings of a cluster that reports to here. */
  static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.setString(
        "metrics.reporter.recorded.factory.class", RecordedMetrics.class.getName());
    return configuration;
  }

  static Set<String> identifiers() {
    return IDENTIFIERS;
  }

  @Override
  public MetricReporter createMetricReporter(Properties properties) {
    return this;
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    IDENTIFIERS.add(group.getMetricIdentifier(name));
    // An identifier has other characters for the dots of a name itself.
    IDENTIFIERS.add(name);
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    // What was there once is documented too.
  }

  @Override
  public void open(MetricConfig config) {
    // Nothing to be opened.
  }

  @Override
  public void close() {
    // Nothing to be closed.
  }
}
