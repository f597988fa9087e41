// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.expression.ExpressionException;
import io.tailwater.definitions.model.BatchFeatureView;
import io.tailwater.definitions.model.Entity;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.FeatureService;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.OnDemandFeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.View;
import io.tailwater.definitions.program.BatchProgram;
import io.tailwater.definitions.program.FeatureNulls;
import io.tailwater.definitions.program.ViewProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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
      Set.of(
          "project",
          "entities",
          "sources",
          "feature_views",
          "batch_feature_views",
          "on_demand_feature_views",
          "feature_services");

  private final Path folder;
  private final Problems problems = new Problems();
  private final List<YamlMapping> files = new ArrayList<>();
  private final Registry<Entity> entities = new Registry<>("entity");
  private final Registry<EventSource> sources = new Registry<>("source");
  private final Registry<View> views = new Registry<>("feature view");
  private final Map<String, YamlValue> places = new HashMap<>();
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
    files.forEach(file -> file.refuseOthers(KEYS, Map.of()));
    String name = projectName().orElse("");
    readAll("entities", entities, EntityReader::read);
    readAll("sources", sources, mapping -> SourceReader.read(mapping, folder));
    readAll("feature_views", views, at -> placed(at, ViewReader.read(at, entities, sources)));
    readAll("batch_feature_views", views, at -> placed(at, BatchViewReader.read(at, entities)));
    readAll("on_demand_feature_views", views, at -> placed(at, OnDemandViewReader.read(at, views)));
    readAll("feature_services", services, mapping -> ServiceReader.read(mapping, views));
    problems.throwIfAny();
    Project project = project(name);
    // Compiling is slow, and what is wrong already would have to be read again.
    project.allViews().forEach(this::requireCompiles);
    problems.throwIfAny();
    return project;
  }

  private Optional<? extends View> placed(YamlMapping mapping, Optional<? extends View> view) {
    view.ifPresent(read -> places.putIfAbsent(read.name(), mapping.value()));
    return view;
  }

  /** What loads also runs: a job at work is no place to learn of a bad expression. */
  private void requireCompiles(View view) {
    try {
      if (view instanceof FeatureView events) {
        ViewProgram.compile(events);
      } else if (view instanceof BatchFeatureView batch) {
        BatchProgram.compile(batch, FeatureNulls.IGNORED);
      }
    } catch (ExpressionException e) {
      requireNonNull(places.get(view.name()))
          .problem(String.valueOf(e.getMessage()), "expressions that compile", e.hint());
    }
  }

  private Project project(String name) {
    return new Project(
        name,
        entities.all(),
        sources.all(),
        viewsOf(FeatureView.class),
        viewsOf(BatchFeatureView.class),
        viewsOf(OnDemandFeatureView.class),
        services.all());
  }

  private <V extends View> List<V> viewsOf(Class<V> kind) {
    return views.all().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private <T> void readAll(
      String key, Registry<T> registry, Function<YamlMapping, Optional<? extends T>> reader) {
    for (YamlMapping file : files) {
      List<YamlValue> elements = file.get(key).map(YamlValue::asList).orElse(List.of());
      for (YamlValue element : elements) {
        element
            .asMapping()
            .ifPresent(
                mapping -> {
                  Optional<? extends T> definition = reader.apply(mapping);
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
