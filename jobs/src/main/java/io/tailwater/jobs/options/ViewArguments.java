// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.options;

import java.util.List;
import picocli.CommandLine.Option;

/** The views that are materialized. */
final class ViewArguments {
  @Option(
      names = "--view",
      paramLabel = "V",
      description = "A view to materialize; may be repeated. Default: all.")
  private List<String> views = List.of();

  List<String> views() {
    return views;
  }
}
