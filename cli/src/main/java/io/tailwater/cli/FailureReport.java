// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.CommandException;
import io.tailwater.embedded.EmbeddedServiceException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells the user why a command failed; a stack trace goes to the log, or here with --debug. */
final class FailureReport implements IExecutionExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);

  private final BooleanSupplier debug;

  FailureReport(BooleanSupplier debug) {
    this.debug = debug;
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parseResult) {
    LOG.info("{} failed", commandLine.getCommandSpec().qualifiedName(), failure);
    if (ProcessEnd.hasBegun()) {
      return ExitCode.SOFTWARE;
    }
    commandLine.getErr().println(message(failure));
    if (debug.getAsBoolean()) {
      failure.printStackTrace(commandLine.getErr());
    }
    commandLine.getErr().flush();
    return ExitCode.SOFTWARE;
  }

  private static String message(Exception failure) {
    if (failure instanceof CommandException || failure instanceof EmbeddedServiceException) {
      return String.valueOf(failure.getMessage());
    }
    return "Unexpected failure: %s%nMore is in %s; --debug shows the stack trace."
        .formatted(failure, LogFiles.location());
  }
}
