// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.expression.ExpressionException;
import io.tailwater.definitions.model.BatchFeatureView;
import io.tailwater.definitions.model.Entity;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.FeatureReference;
import io.tailwater.definitions.model.FeatureService;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.OnDemandFeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.View;
import io.tailwater.definitions.program.BatchProgram;
import io.tailwater.definitions.program.FeatureNulls;
import io.tailwater.definitions.program.ViewProgram;
import io.tailwater.definitions.retrieval.RetrievalPlan;
import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

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

  private final ProjectTexts texts;
  private final Problems problems = new Problems();
  private final List<YamlMapping> files = new ArrayList<>();
  private final Registry<Entity> entities = new Registry<>("entity");
  private final Registry<EventSource> sources = new Registry<>("source");
  private final Registry<View> views = new Registry<>("feature view");
  private final Map<String, YamlValue> places = new HashMap<>();
  private final Map<String, YamlValue> servicePlaces = new HashMap<>();
  private final Registry<FeatureService> services = new Registry<>("feature service");

  private ProjectLoader(ProjectTexts texts) {
    this.texts = texts;
  }

  /**
   * Loads the project.
   *
   * @param folder holds the definitions and the schemas that they name
   * @throws DefinitionException with everything that is wrong in them
   */
  public static Project load(Path folder) {
    return loadWithFiles(folder).project();
  }

  /**
   * The same, and with the texts that it is loaded from.
   *
   * @throws DefinitionException with everything that is wrong in them
   */
  public static LoadedProject loadWithFiles(Path folder) {
    ProjectTexts texts = ProjectTexts.in(requireNonNull(folder, "folder is null"));
    ProjectLoader loader = new ProjectLoader(texts);
    Project project = loader.load();
    loader.requireUsable(project);
    return new LoadedProject(project, texts.files());
  }

  /**
   * Loads a project that was loaded before: that expressions compile is known.
   *
   * @throws DefinitionException with what is wrong in them, as by a later version's rules
   */
  public static Project load(DefinitionFiles files) {
    return new ProjectLoader(ProjectTexts.of(requireNonNull(files, "files is null"))).load();
  }

  private Project load() {
    YamlReader reader = new YamlReader(problems);
    definitionFiles().forEach(file -> reader.read(texts, file).ifPresent(files::add));
    files.forEach(file -> file.refuseOthers(KEYS, Map.of()));
    String name = projectName().orElse("");
    readAll("entities", entities, EntityReader::read);
    readAll("sources", sources, mapping -> SourceReader.read(mapping, texts));
    readAll("feature_views", views, at -> placed(at, ViewReader.read(at, entities, sources)));
    readAll("batch_feature_views", views, at -> placed(at, BatchViewReader.read(at, entities)));
    readAll("on_demand_feature_views", views, at -> placed(at, OnDemandViewReader.read(at, views)));
    readAll("feature_services", services, this::readService);
    problems.throwIfAny();
    return project(name);
  }

  /** Compiling is slow, and what is wrong already would have to be read again: so it comes last. */
  private void requireUsable(Project project) {
    project.allViews().forEach(view -> requireCompiles(project, view));
    project.services().forEach(service -> requireReadable(project, service));
    problems.throwIfAny();
  }

  private Optional<FeatureService> readService(YamlMapping mapping) {
    Optional<FeatureService> service = ServiceReader.read(mapping, views);
    service.ifPresent(read -> servicePlaces.putIfAbsent(read.name(), mapping.value()));
    return service;
  }

  private Optional<? extends View> placed(YamlMapping mapping, Optional<? extends View> view) {
    view.ifPresent(read -> places.putIfAbsent(read.name(), mapping.value()));
    return view;
  }

  /** What loads also runs: a job at work is no place to learn of a bad expression. */
  private void requireCompiles(Project project, View view) {
    try {
      if (view instanceof FeatureView events) {
        ViewProgram.compile(events);
      } else if (view instanceof BatchFeatureView batch) {
        BatchProgram.compile(batch, FeatureNulls.IGNORED);
      }
      RetrievalPlan.of(project, List.of(new FeatureReference(view.name(), FeatureReference.ALL)))
          .compile();
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

  /** What a service takes from several views is one row for its model. */
  private void requireReadable(Project project, FeatureService service) {
    try {
      RetrievalPlan.ofService(project, service);
    } catch (IllegalArgumentException e) {
      YamlValue place = requireNonNull(servicePlaces.get(service.name()));
      String.valueOf(e.getMessage()).lines().forEach(line -> place.problem(line, ""));
    }
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

  private List<String> definitionFiles() {
    try {
      List<String> definitions = texts.definitions();
      if (definitions.isEmpty()) {
        folderProblem("no definitions", "at least one .yaml file beside tailwater.yaml");
      }
      return definitions;
    } catch (NotDirectoryException e) {
      folderProblem("no folder", "a folder with definitions");
    } catch (IOException e) {
      folderProblem("a folder that cannot be read (%s)".formatted(e), "");
    }
    return List.of();
  }

  private void folderProblem(String found, String expected) {
    problems.add(new Problem(texts.name(), 0, 0, "", found, expected, null));
  }
}
