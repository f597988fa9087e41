// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.CommandException;
import io.tailwater.definitions.DefinitionException;
import io.tailwater.definitions.LoadedProject;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.options.DefinitionsArgument;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;

/** The option {@code --definitions}, and what is in that folder. */
final class ProjectOptions {
  @Mixin private DefinitionsArgument definitions;

  Path folder() {
    return Path.of(definitions.location());
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
      return definitions.loaded();
    } catch (DefinitionException e) {
      throw refused(e);
    } catch (IllegalArgumentException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * The endpoints; what a flag says goes over them.
   *
   * @throws CommandException with everything that is wrong in the file
   */
  Settings settings() {
    try {
      return definitions.settings();
    } catch (DefinitionException e) {
      throw refused(e);
    } catch (IllegalArgumentException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The failure of a command whose files have problems. */
  CommandException refused(DefinitionException e) {
    int count = e.problems().size();
    return new CommandException(
        "%s%n%d %s in %s"
            .formatted(
                e.getMessage(), count, count == 1 ? "problem" : "problems", definitions.location()),
        e);
  }
}
