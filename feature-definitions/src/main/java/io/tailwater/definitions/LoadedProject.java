// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.Project;

/**
 * A project, and what it was loaded from.
 *
 * @param project what the definitions say
 * @param files their texts
 */
public record LoadedProject(Project project, DefinitionFiles files) {
  public LoadedProject {
    requireNonNull(project, "project is null");
    requireNonNull(files, "files is null");
  }
}
