// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.jobs.source.SourceOptions;
import io.tailwater.jobs.topology.StreamJob;
import java.io.IOException;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job over a retail file, and what its views have to hold. */
final class RetailJob {
  static final String SOURCE = "invoices";
  static final String CUSTOMERS = "customer_spend";
  static final String PRODUCTS = "product_sales";
  static final int PARALLELISM = 2;

  private static final long DAY = Duration.ofDays(1).toMillis();

  private final RetailFile file;
  private final Deployment deployment;
  private final Project project;

  RetailJob(RetailFile file, Deployment deployment) throws URISyntaxException {
    this.file = file;
    this.deployment = deployment;
    this.project = Deployment.project("retail-invoices");
  }

  /** The job, ready to be run. */
  StreamExecutionEnvironment define(EmbeddedFlink flink, Configuration configuration)
      throws IOException {
    return define(flink, configuration, SourceOptions.defaults());
  }

  StreamExecutionEnvironment define(
      EmbeddedFlink flink, Configuration configuration, SourceOptions options) throws IOException {
    StreamExecutionEnvironment env = flink.environment(configuration);
    env.setParallelism(PARALLELISM);
    new StreamJob(project, deployment.settings(), Map.of(SOURCE, file.path()), options).define(env);
    return env;
  }

  Project project() {
    return project;
  }

  FeatureView view(String name) {
    return project.view(name).orElseThrow();
  }

  StoreCheck customers() {
    Map<Object, List<Purchase>> purchases = new HashMap<>();
    for (RetailLine line : file.lines()) {
      if (line.customer() != null) {
        purchases.computeIfAbsent(line.customer(), key -> new ArrayList<>()).add(line.purchase());
      }
    }
    return check(CUSTOMERS, purchases);
  }

  StoreCheck products() {
    Map<Object, List<Purchase>> purchases = new HashMap<>();
    for (RetailLine line : file.lines()) {
      purchases.computeIfAbsent(line.product(), key -> new ArrayList<>()).add(line.purchase());
    }
    return check(PRODUCTS, purchases);
  }

  private StoreCheck check(String view, Map<Object, List<Purchase>> purchases) {
    NaiveView naive = new NaiveView(List.of(DAY, 7 * DAY, 30 * DAY), DAY, file.end());
    return new StoreCheck(deployment, project, view(view), naive, purchases);
  }
}
