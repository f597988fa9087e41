// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.options;

import io.tailwater.definitions.LoadedProject;
import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.SettingsLoader;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.Settings;
import picocli.CommandLine.Option;

/** The option {@code --definitions}, and what is in that folder. */
public final class DefinitionsArgument {
  @Option(
      names = "--definitions",
      paramLabel = "DIR",
      defaultValue = ".",
      description =
          "The project: definitions and tailwater.yaml. Default: this directory. To a Flink cluster"
              + " also a URI, as s3://bucket/retail, or classpath:NAME, a folder inside the JAR.")
  private String location;

  /** As it was given. */
  public String location() {
    return location;
  }

  /**
   * The definitions.
   *
   * @throws io.tailwater.definitions.DefinitionException with everything that is wrong in them
   * @throws IllegalArgumentException if the folder cannot be read
   */
  public Project project() {
    return loaded().project();
  }

  /**
   * The definitions, and their texts.
   *
   * @throws io.tailwater.definitions.DefinitionException with everything that is wrong in them
   * @throws IllegalArgumentException if the folder cannot be read
   */
  public LoadedProject loaded() {
    try (DefinitionsFolder folder = DefinitionsFolder.open(location)) {
      return ProjectLoader.loadWithFiles(folder.path());
    }
  }

  /**
   * The endpoints; what a flag says goes over them.
   *
   * @throws io.tailwater.definitions.DefinitionException with everything that is wrong in the file
   * @throws IllegalArgumentException if the folder cannot be read
   */
  public Settings settings() {
    try (DefinitionsFolder folder = DefinitionsFolder.open(location)) {
      return SettingsLoader.load(folder.path(), System.getenv());
    }
  }
}
