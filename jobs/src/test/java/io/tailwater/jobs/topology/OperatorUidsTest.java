// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.jobs.source.KafkaLocation;
import io.tailwater.jobs.source.SourceOptions;
import io.tailwater.jobs.view.WindowSettings;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

/** Savepoints find an operator's state by its uid: none of these may ever change. */
class OperatorUidsTest {
  @Test
  void areTheOnesOfReleasedSavepoints() {
    SourceOptions options = SourceOptions.defaults();
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(PipelineConfiguration.base());
    FeaturePipeline.define(
        env,
        Shop.project("orders"),
        PipelineSources.of(Map.of("orders", KafkaLocation.of("localhost:9092")), options),
        new CollectingSinks("uids"),
        new WindowSettings(options.clock(), 0, WindowSettings.UNBOUNDED, false));

    assertThat(env.getStreamGraph(false).getStreamNodes())
        .extracting(StreamNode::getTransformationUID)
        .containsExactlyInAnyOrder(
            "source-orders",
            "progress-orders",
            "undecodable-orders",
            "project-spend-orders",
            "windows-spend",
            "online-spend",
            "offline-spend",
            "dead-letters-orders");
  }

  @Test
  void ofAViewsOtherSourcesNameTheSource() {
    SourceOptions options = SourceOptions.defaults();
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(PipelineConfiguration.base());
    KafkaLocation kafka = KafkaLocation.of("localhost:9092");
    FeaturePipeline.define(
        env,
        Mall.project("orders", "carts"),
        PipelineSources.of(Map.of("orders", kafka, "carts", kafka), options),
        new CollectingSinks("uids"),
        new WindowSettings(options.clock(), 0, WindowSettings.UNBOUNDED, false));

    assertThat(env.getStreamGraph(false).getStreamNodes())
        .extracting(StreamNode::getTransformationUID)
        .containsExactlyInAnyOrder(
            "source-orders",
            "progress-orders",
            "undecodable-orders",
            "source-carts",
            "progress-carts",
            "undecodable-carts",
            "project-activity-orders",
            "project-activity-carts",
            "windows-activity",
            "online-activity",
            "offline-activity",
            "project-spend-orders",
            "windows-spend",
            "online-spend",
            "offline-spend",
            "dead-letters-orders",
            "dead-letters-carts");
  }

  @Test
  void noneIsGeneratedAndNoTypeIsKryos() {
    Configuration configuration = PipelineConfiguration.base();

    assertThat(configuration.get(PipelineOptions.AUTO_GENERATE_UIDS)).isFalse();
    assertThat(configuration.get(PipelineOptions.GENERIC_TYPES)).isFalse();
  }
}
