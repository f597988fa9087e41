// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.console;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;

/**
 * A line of progress: on a terminal it stays in place and changes, elsewhere, as in a log, a new
 * one comes every few seconds. Thread-safe.
 */
public final class StatusLine {
  private static final Duration WITHOUT_TERMINAL = Duration.ofSeconds(5);
  private static final String CLEAR = "\r\u001b[K";

  private final PrintWriter out;
  private final Clock clock;
  private final boolean terminal;
  private long printedAt = Long.MIN_VALUE;
  private boolean open;

  private StatusLine(PrintWriter out, Clock clock, boolean terminal) {
    this.out = out;
    this.clock = clock;
    this.terminal = terminal;
  }

  /** A status line on {@code out}, which is a terminal if this process has one. */
  public static StatusLine on(PrintWriter out, Clock clock) {
    return new StatusLine(out, clock, isTerminal());
  }

  // Before Java 22 there is a console only on a terminal; since then, it has to be asked.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Console.isTerminal", e);
    }
  }

  /** Shows how things stand now. */
  public synchronized void show(String text) {
    if (terminal) {
      out.print(CLEAR + text);
      out.flush();
      open = true;
    } else if (clock.millis() - WITHOUT_TERMINAL.toMillis() >= printedAt) {
      printedAt = clock.millis();
      out.println(text);
    }
  }

  /** Prints a line that stays. */
  public synchronized void say(String text) {
    if (open) {
      out.print(CLEAR);
      open = false;
    }
    out.println(text);
  }
}
