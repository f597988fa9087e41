// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs;

import picocli.CommandLine;

/** From the arguments of a main to what they say. */
final class CommandLineArguments {
  private CommandLineArguments() {}

  /**
   * Fills an object that has picocli's annotations. Nothing ends the process here: a main runs in
   * Flink's client or in its JobManager, and fails with an exception, whose message is shown.
   *
   * @throws picocli.CommandLine.ParameterException for wrong usage
   */
  static <T> T parse(T job, String[] arguments) {
    new CommandLine(job).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
    return job;
  }
}
