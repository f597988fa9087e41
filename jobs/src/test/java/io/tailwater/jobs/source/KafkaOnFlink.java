// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.embedded.EmbeddedKafka;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** A broker and a Flink cluster for a class of tests; a topic's name and a clock for each test. */
public abstract class KafkaOnFlink {
  protected static final long NOW = 1_800_000_000_000L;

  private static final int SLOTS = 4;

  protected static EmbeddedKafka kafka;
  protected static EmbeddedFlink flink;

  /** Of a name that no other test has; it does not exist yet. */
  protected String topic;

  /** Stands still at {@link #NOW} until the test moves it. */
  protected ManualClock clock;

  @BeforeAll
  static void startServices() {
    kafka = EmbeddedKafka.create();
    flink = EmbeddedFlink.create(SLOTS);
  }

  @AfterAll
  static void stopServices() {
    flink.close();
    kafka.close();
  }

  @BeforeEach
  void nameTopic(TestInfo test) {
    topic =
        "%s %s %s"
            .formatted(
                test.getTestClass().orElseThrow().getSimpleName(),
                test.getTestMethod().orElseThrow().getName(),
                test.getDisplayName())
            .replaceAll("[^a-zA-Z0-9]+", "-");
    clock = ManualClock.at(topic, NOW);
  }
}
