// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code tailwater} command: exit code 0 is success, 1 failure and 2 wrong usage. */
@Command(
    name = "tailwater",
    description = "Streaming features: the value a model was trained on is the value it is served.",
    subcommands = {
      DemoCommand.class,
      InitCommand.class,
      ValidateCommand.class,
      PlanCommand.class,
      ApplyCommand.class,
      TestCommand.class,
      StreamCommand.class,
      BackfillCommand.class,
      MaterializeCommand.class,
      MaterializeIncrementalCommand.class,
      HistoricalCommand.class,
      MaintainCommand.class,
      TablesCommand.class,
      OnlineCommand.class,
      ServeCommand.class,
      ExplainCommand.class,
      VerifyCommand.class,
      DeadLettersCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Example:",
      "  tailwater demo                 see it work, with nothing but a JDK",
      "  tailwater COMMAND --help       what a command takes, with an example"
    })
public final class Tailwater implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show stack traces of failures.")
  private boolean debug;

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    LogFiles.configure();
    ProcessEnd.watch();
    System.exit(run(console(System.out), console(System.err), arguments));
  }

  /** Runs the command in this process and returns its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return commandLine(out, err).execute(arguments);
  }

  /** The command, to be run in this process: its exit code is the answer. */
  public static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    Tailwater tailwater = new Tailwater();
    return new CommandLine(tailwater)
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(new FailureReport(() -> tailwater.debug));
  }

  private static PrintWriter console(PrintStream stream) {
    return new PrintWriter(stream, /* autoFlush= */ true, Charset.defaultCharset());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a command.");
  }
}
