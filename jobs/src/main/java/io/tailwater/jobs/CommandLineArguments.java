// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** From the arguments of a main to what they say. */
final class CommandLineArguments {
  private CommandLineArguments() {}

  /**
   * Fills an object that has picocli's annotations. Nothing ends the process here: a main runs in
   * Flink's client or in its JobManager, and fails with an exception.
   *
   * @param <T> is annotated with {@link Command}
   * @throws IllegalArgumentException for wrong usage, with what is wrong
   */
  static <T> T parse(T job, String[] arguments) {
    try {
      new CommandLine(job).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
      return job;
    } catch (ParameterException e) {
      throw wrongUsage(e);
    }
  }

  /** What Flink's client shows of a main that fails is the message. */
  static IllegalArgumentException wrongUsage(ParameterException e) {
    return new IllegalArgumentException(String.valueOf(e.getMessage()), e);
  }
}
