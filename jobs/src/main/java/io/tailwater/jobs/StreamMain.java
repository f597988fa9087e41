// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs;

import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.options.DefinitionsArgument;
import io.tailwater.jobs.options.InputArguments;
import io.tailwater.jobs.options.StoreArguments;
import io.tailwater.jobs.options.StreamArguments;
import io.tailwater.jobs.source.SourceOptions;
import io.tailwater.jobs.topology.PipelineConfiguration;
import io.tailwater.jobs.topology.StreamJob;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tailwater stream} on a Flink cluster. */
@Command
public final class StreamMain {
  @Mixin private DefinitionsArgument definitions;
  @Mixin private InputArguments inputs;
  @Mixin private StoreArguments stores;
  @Mixin private StreamArguments stream;

  private StreamMain() {}

  /** Submits the job. */
  public static void main(String[] arguments) throws Exception {
    CommandLineArguments.parse(new StreamMain(), arguments).submit();
  }

  private void submit() throws Exception {
    Project project = definitions.project();
    Settings settings = stores.over(inputs.over(definitions.settings()));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(PipelineConfiguration.base());
    env.configure(new StreamState(settings, stream).over(env.getConfiguration()));
    new StreamJob(project, settings, inputs.sources(), SourceOptions.defaults(), stream.start())
        .define(env);
    env.execute("tailwater " + project.name());
  }
}
