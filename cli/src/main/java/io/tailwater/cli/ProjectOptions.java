// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.CommandException;
import io.tailwater.definitions.DefinitionException;
import io.tailwater.definitions.LoadedProject;
import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.SettingsLoader;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.Settings;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --definitions}, and what is in that folder. */
final class ProjectOptions {
  @Option(
      names = "--definitions",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "The project: definitions and tailwater.yaml. Default: this directory.")
  private Path folder;

  Path folder() {
    return folder;
  }

  /**
   * The definitions.
   *
   * @throws CommandException with everything that is wrong in them
   */
  Project project() {
    return loaded().project();
  }

  /**
   * The definitions, and their texts.
   *
   * @throws CommandException with everything that is wrong in them
   */
  LoadedProject loaded() {
    try {
      return ProjectLoader.loadWithFiles(folder);
    } catch (DefinitionException e) {
      throw refused(e);
    }
  }

  /**
   * The endpoints; what a flag says goes over them.
   *
   * @throws CommandException with everything that is wrong in the file
   */
  Settings settings() {
    try {
      return SettingsLoader.load(folder, System.getenv());
    } catch (DefinitionException e) {
      throw refused(e);
    }
  }

  /** The failure of a command whose files have problems. */
  CommandException refused(DefinitionException e) {
    int count = e.problems().size();
    return new CommandException(
        "%s%n%d %s in %s"
            .formatted(e.getMessage(), count, count == 1 ? "problem" : "problems", folder),
        e);
  }
}
