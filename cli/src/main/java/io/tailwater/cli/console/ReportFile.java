// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file of {@code --report}. */
public final class ReportFile {
  private final @Nullable Path path;

  private ReportFile(@Nullable Path path) {
    this.path = path;
  }

  /**
   * Makes sure, before the work begins, that its report can be written.
   *
   * @param path null if no report is asked for
   * @throws CommandException if it cannot
   */
  public static ReportFile at(@Nullable Path path) {
    ReportFile file = new ReportFile(path);
    file.write("");
    return file;
  }

  /** Writes the report, if one is asked for. */
  public void write(Object report) {
    write(Json.text(report) + System.lineSeparator());
  }

  private void write(String text) {
    if (path == null) {
      return;
    }
    try {
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new CommandException("--report: cannot write to %s (%s)".formatted(path, e), e);
    }
  }
}
