// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs;

import io.tailwater.jobs.options.DefinitionsArgument;
import io.tailwater.jobs.options.MaterializeIncrementalArguments;
import io.tailwater.jobs.options.StoreArguments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tailwater materialize-incremental} on a Flink cluster. */
@Command
public final class MaterializeIncrementalMain {
  @Mixin private DefinitionsArgument definitions;
  @Mixin private StoreArguments stores;
  @Mixin private MaterializeIncrementalArguments materialize;

  private MaterializeIncrementalMain() {}

  /** Runs the job. */
  public static void main(String[] arguments) throws Exception {
    MaterializeIncrementalMain main =
        CommandLineArguments.parse(new MaterializeIncrementalMain(), arguments);
    Materialization.run(main.definitions, main.stores, main.materialize.options());
  }
}
