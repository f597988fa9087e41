// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tailwater.serving.DefinitionsAgreement;
import io.tailwater.serving.FeatureStatus;
import io.tailwater.serving.Freshness;
import io.tailwater.serving.OnlineFeatures;
import io.tailwater.serving.ServedView;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the server tells Prometheus. Times are in seconds. Thread-safe.
 *
 * <ul>
 *   <li>{@code tailwater_serving_request_seconds{endpoint, status}}: a histogram of how long
 *       requests took
 *   <li>{@code tailwater_serving_rows}: how many rows of entities requests had
 *   <li>{@code tailwater_serving_vectors_total{view, status}}: rows of views that were read, by
 *       what was found
 *   <li>{@code tailwater_serving_freshness_total{view, freshness}}: of those that were found,
 *       whether they held
 *   <li>{@code tailwater_serving_age_seconds{view}}: a histogram of how old served values were:
 *       from the instant as of which they hold to the read
 *   <li>{@code tailwater_serving_watermark_lag_seconds{view}}: how far the view's job is behind the
 *       clock, by the watermark of the last read
 *   <li>{@code tailwater_serving_definitions_version}: the newest version of the definitions that
 *       was applied while the server's agreed with it; NaN if there is none
 *   <li>{@code tailwater_serving_definitions_applied_version}: the version that is applied
 *   <li>{@code tailwater_serving_definitions_differences}: in how much the server's definitions are
 *       others than these
 * </ul>
 */
final class ServingMetrics {
  private static final Duration[] LATENCIES =
      millis(0.25, 0.5, 1, 1.5, 2, 3, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500);
  private static final double[] AGES = {
    0.1, 1, 10, 60, 600, 3_600, 21_600, 86_400, 604_800, 2_592_000, 31_536_000
  };
  private static final double MILLIS = 1_000.0;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<String, ViewMeters> views = new ConcurrentHashMap<>();
  private final Map<String, Timer> timers = new ConcurrentHashMap<>();
  private final DistributionSummary rows =
      DistributionSummary.builder("tailwater.serving.rows")
          .description("Rows of entities of a request")
          .serviceLevelObjectives(1, 10, 50, 100, 500, 1_000)
          .register(registry);
  private final Clock clock;
  private volatile @Nullable Long agreedVersion;
  private volatile @Nullable Long appliedVersion;
  private volatile int differences;

  ServingMetrics(Clock clock) {
    this.clock = clock;
    Gauge.builder("tailwater.serving.definitions.version", () -> agreedVersion)
        .description("Newest applied version of the definitions with which the server's agree")
        .register(registry);
    Gauge.builder("tailwater.serving.definitions.applied.version", () -> appliedVersion)
        .description("Version of the definitions that is applied")
        .register(registry);
    Gauge.builder("tailwater.serving.definitions.differences", () -> differences)
        .description("Differences between the server's definitions and the applied ones")
        .register(registry);
  }

  /** The definitions were compared with those that are applied. */
  void compared(DefinitionsAgreement agreement) {
    appliedVersion = agreement.appliedVersion();
    differences = agreement.differences().size();
    if (agreement.isAgreed()) {
      agreedVersion = agreement.appliedVersion();
    }
  }

  /** A request was answered. */
  void answered(String endpoint, int status, long nanos) {
    timers
        .computeIfAbsent(endpoint + " " + status, key -> timer(endpoint, status))
        .record(Duration.ofNanos(nanos));
  }

  /** Features were read. */
  void served(OnlineFeatures features) {
    rows.record(features.rows());
    for (ServedView view : features.views()) {
      views.computeIfAbsent(view.storedView(), ViewMeters::new).served(view, features);
    }
  }

  /** All of them, in Prometheus's text format. */
  String scrape() {
    return registry.scrape();
  }

  private Timer timer(String endpoint, int status) {
    return Timer.builder("tailwater.serving.request")
        .description("Time to answer a request")
        .tags("endpoint", endpoint, "status", Integer.toString(status))
        .serviceLevelObjectives(LATENCIES)
        .register(registry);
  }

  private static Duration[] millis(double... millis) {
    Duration[] durations = new Duration[millis.length];
    for (int i = 0; i < millis.length; i++) {
      durations[i] = Duration.ofNanos((long) (millis[i] * 1_000_000));
    }
    return durations;
  }

  /** What is measured of one view, made when it is first read. */
  private final class ViewMeters {
    private final String view;
    private final Map<FeatureStatus, Counter> statuses = new ConcurrentHashMap<>();
    private final Map<Freshness, Counter> freshness = new ConcurrentHashMap<>();
    private final DistributionSummary age;
    private volatile @Nullable Long watermark;

    ViewMeters(String view) {
      this.view = view;
      this.age =
          DistributionSummary.builder("tailwater.serving.age")
              .baseUnit("seconds")
              .description("Age of served values at the read")
              .tags("view", view)
              .serviceLevelObjectives(AGES)
              .register(registry);
    }

    void served(ServedView served, OnlineFeatures features) {
      for (int row = 0; row < features.rows(); row++) {
        statuses.computeIfAbsent(served.status(row), this::statusCounter).increment();
        Freshness found = served.freshness(row);
        if (found != null) {
          freshness.computeIfAbsent(found, this::freshnessCounter).increment();
        }
        Long timestamp = served.eventTimestamp(row);
        if (timestamp != null) {
          age.record(Math.max(0, features.requestTime() - timestamp) / MILLIS);
        }
      }
      Long published = served.watermark();
      if (published != null) {
        boolean first = watermark == null;
        watermark = published;
        if (first) {
          Gauge.builder("tailwater.serving.watermark.lag", this, ViewMeters::lag)
              .baseUnit("seconds")
              .description("How far the job of the view is behind the clock")
              .tags("view", view)
              .register(registry);
        }
      }
    }

    private double lag() {
      Long last = watermark;
      return last == null ? Double.NaN : Math.max(0, clock.millis() - last) / MILLIS;
    }

    private Counter statusCounter(FeatureStatus status) {
      return Counter.builder("tailwater.serving.vectors")
          .description("Rows of views that were read")
          .tags("view", view, "status", status.name())
          .register(registry);
    }

    private Counter freshnessCounter(Freshness value) {
      return Counter.builder("tailwater.serving.freshness")
          .description("Rows of views that were found, by whether they held")
          .tags("view", view, "freshness", value.name())
          .register(registry);
    }
  }
}
