// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.expression.ExpressionException;
import io.tailwater.definitions.model.Entity;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.FeatureService;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.program.ViewProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Loads the definitions of a project: all YAML files of a folder but {@code tailwater.yaml}. They
 * may be spread over the files in any way; the project's name stands in one of them.
 */
public final class ProjectLoader {
  private static final Set<String> KEYS =
      Set.of("project", "entities", "sources", "feature_views", "feature_services");
  private static final String VIEWS = "feature views over events: 'feature_views: …'";
  private static final Map<String, String> LATER =
      Map.of(
          "batch_feature_views", VIEWS,
          "on_demand_feature_views", VIEWS);

  private final Path folder;
  private final Problems problems = new Problems();
  private final List<YamlMapping> files = new ArrayList<>();
  private final Registry<Entity> entities = new Registry<>("entity");
  private final Registry<EventSource> sources = new Registry<>("source");
  private final Registry<FeatureView> views = new Registry<>("feature view");
  private final Registry<FeatureService> services = new Registry<>("feature service");

  private ProjectLoader(Path folder) {
    this.folder = folder;
  }

  /**
   * Loads the project.
   *
   * @param folder holds the definitions and the schemas that they name
   * @throws DefinitionException with everything that is wrong in them
   */
  public static Project load(Path folder) {
    return new ProjectLoader(requireNonNull(folder, "folder is null")).load();
  }

  private Project load() {
    YamlReader reader = new YamlReader(problems);
    definitionFiles().forEach(file -> reader.read(file).ifPresent(files::add));
    files.forEach(file -> file.refuseOthers(KEYS, LATER));
    String name = projectName().orElse("");
    readAll("entities", entities, EntityReader::read);
    readAll("sources", sources, mapping -> SourceReader.read(mapping, folder));
    readAll("feature_views", views, this::readView);
    readAll("feature_services", services, mapping -> ServiceReader.read(mapping, views));
    problems.throwIfAny();
    return new Project(name, entities.all(), sources.all(), views.all(), services.all());
  }

  private Optional<FeatureView> readView(YamlMapping mapping) {
    Optional<FeatureView> view = ViewReader.read(mapping, entities, sources);
    // Compiling is slow, and what is wrong already will have to be read again.
    return problems.any() ? view : view.filter(read -> compiles(read, mapping));
  }

  /** What loads also runs: a job at work is no place to learn of a bad expression. */
  private static boolean compiles(FeatureView view, YamlMapping mapping) {
    try {
      ViewProgram.compile(view);
      return true;
    } catch (ExpressionException e) {
      mapping.value().problem(String.valueOf(e.getMessage()), "expressions that compile", e.hint());
      return false;
    }
  }

  private <T> void readAll(
      String key, Registry<T> registry, Function<YamlMapping, Optional<T>> reader) {
    for (YamlMapping file : files) {
      List<YamlValue> elements = file.get(key).map(YamlValue::asList).orElse(List.of());
      for (YamlValue element : elements) {
        element
            .asMapping()
            .ifPresent(
                mapping -> {
                  Optional<T> definition = reader.apply(mapping);
                  mapping
                      .get("name")
                      .ifPresent(name -> registry.add(name, definition.orElse(null)));
                });
      }
    }
  }

  private Optional<String> projectName() {
    Optional<String> project = Optional.empty();
    boolean seen = false;
    for (YamlMapping file : files) {
      Optional<YamlValue> value = file.get("project");
      if (value.isPresent() && seen) {
        value.get().problem("a second 'project'", "one in all files of the folder");
      } else if (value.isPresent()) {
        seen = true;
        project = Names.read(value.get());
      }
    }
    if (!seen && !problems.any()) {
      folderProblem("no 'project'", "'project: …' in one file of the folder");
    }
    return project;
  }

  private List<Path> definitionFiles() {
    if (!Files.isDirectory(folder)) {
      folderProblem("no folder", "a folder with definitions");
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> definitions = entries.filter(ProjectLoader::isDefinition).sorted().toList();
      if (definitions.isEmpty()) {
        folderProblem("no definitions", "at least one .yaml file beside tailwater.yaml");
      }
      return definitions;
    } catch (IOException e) {
      folderProblem("a folder that cannot be read (%s)".formatted(e), "");
      return List.of();
    }
  }

  private void folderProblem(String found, String expected) {
    problems.add(new Problem(folder.toString(), 0, 0, "", found, expected, null));
  }

  private static boolean isDefinition(Path file) {
    String name = String.valueOf(file.getFileName());
    boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml");
    boolean settings = name.equals("tailwater.yaml") || name.equals("tailwater.yml");
    return yaml && !settings && !name.startsWith(".") && Files.isRegularFile(file);
  }
}
