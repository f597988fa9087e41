// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs;

import io.tailwater.jobs.options.DefinitionsArgument;
import io.tailwater.jobs.options.MaterializeArguments;
import io.tailwater.jobs.options.StoreArguments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tailwater materialize} on a Flink cluster. */
@Command
public final class MaterializeMain {
  @Mixin private DefinitionsArgument definitions;
  @Mixin private StoreArguments stores;
  @Mixin private MaterializeArguments materialize;

  private MaterializeMain() {}

  /** Runs the job. */
  public static void main(String[] arguments) throws Exception {
    MaterializeMain main = CommandLineArguments.parse(new MaterializeMain(), arguments);
    Materialization.run(main.definitions, main.stores, main.materialize.options());
  }
}
