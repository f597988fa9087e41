// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import picocli.CommandLine.Option;

/** The option {@code -o}: for people or for programs. */
final class OutputFormat {
  private enum Format {
    TEXT,
    JSON
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json. Default: ${DEFAULT-VALUE}.")
  private Format format;

  boolean isJson() {
    return format == Format.JSON;
  }
}
