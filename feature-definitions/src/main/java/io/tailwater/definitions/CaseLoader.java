// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.cases.CaseEvent;
import io.tailwater.definitions.cases.Expectation;
import io.tailwater.definitions.cases.FeatureCase;
import io.tailwater.definitions.cases.Place;
import io.tailwater.definitions.model.FeatureReference;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.retrieval.RetrievalPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Loads the cases of a project: the YAML files of the folder {@code tests} beside its definitions.
 */
public final class CaseLoader {
  /** The name of the folder. */
  public static final String FOLDER = "tests";

  private static final Set<String> KEYS = Set.of("defaults", "tests");
  private static final Set<String> CASE_KEYS = Set.of("name", "events", "entity", "expect");

  private final Project project;
  private final Path folder;
  private final Problems problems = new Problems();
  private final Map<FeatureReference, RetrievalPlan> plans = new HashMap<>();
  private final List<FeatureCase> cases = new ArrayList<>();

  private CaseLoader(Project project, Path folder) {
    this.project = project;
    this.folder = folder;
  }

  /**
   * The cases, by file and line.
   *
   * @param folder the project's
   * @param files where cases are; empty for those of the folder {@code tests}
   * @throws DefinitionException with everything that is wrong in them, or if there are none
   */
  public static List<FeatureCase> load(Project project, Path folder, List<Path> files) {
    requireNonNull(project, "project is null");
    requireNonNull(folder, "folder is null");
    CaseLoader loader = new CaseLoader(project, folder);
    (files.isEmpty() ? loader.caseFiles() : files).forEach(loader::readFile);
    loader.problems.throwIfAny();
    if (loader.cases.isEmpty()) {
      loader.folderProblem("no cases", "at least one .yaml file with 'tests: [{name: …, …}]'");
      loader.problems.throwIfAny();
    }
    return List.copyOf(loader.cases);
  }

  private void readFile(Path file) {
    String name = nameOf(file);
    new YamlReader(problems).read(file, name).ifPresent(mapping -> readFile(mapping, name));
  }

  private void readFile(YamlMapping mapping, String file) {
    mapping.refuseOthers(KEYS, Map.of());
    CaseEventReader events = new CaseEventReader(project, file);
    mapping.get("defaults").ifPresent(events::readDefaults);
    mapping
        .require("tests")
        .map(YamlValue::asList)
        .orElse(List.of())
        .forEach(element -> element.asMapping().ifPresent(test -> readCase(test, events, file)));
  }

  private void readCase(YamlMapping mapping, CaseEventReader reader, String file) {
    mapping.refuseOthers(CASE_KEYS, Map.of());
    Optional<String> name = mapping.requireText("name");
    List<CaseEvent> events = mapping.get("events").map(reader::readEvents).orElse(List.of());
    List<Expectation> expectations =
        readExpectations(mapping, mapping.get("entity").orElse(null), file);
    Place place = new Place(file, mapping.value().line());
    name.ifPresent(text -> cases.add(new FeatureCase(text, place, events, expectations)));
  }

  private List<Expectation> readExpectations(
      YamlMapping mapping, @Nullable YamlValue entity, String file) {
    List<Expectation> expectations = new ArrayList<>();
    Optional<YamlValue> expect = mapping.require("expect");
    List<YamlValue> elements = expect.map(YamlValue::asList).orElse(List.of());
    if (expect.filter(YamlValue::isList).isPresent() && elements.isEmpty()) {
      expect.get().problem("an empty list", "at least one '{at: …, features: …}'");
    }
    for (YamlValue element : elements) {
      element
          .asMapping()
          .flatMap(
              expectation -> new ExpectationReader(project, file, plans).read(expectation, entity))
          .ifPresent(expectations::add);
    }
    return expectations;
  }

  private List<Path> caseFiles() {
    Path tests = folder.resolve(FOLDER);
    if (!Files.isDirectory(tests)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.walk(tests)) {
      return entries.filter(CaseLoader::isYaml).sorted().toList();
    } catch (IOException e) {
      folderProblem("a folder that cannot be read (%s)".formatted(e), "");
      return List.of();
    }
  }

  private void folderProblem(String found, String expected) {
    Path tests = folder.resolve(FOLDER);
    problems.add(new Problem(tests.toString(), 0, 0, "", found, expected, null));
  }

  private String nameOf(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path root = folder.toAbsolutePath().normalize();
    return absolute.startsWith(root) ? root.relativize(absolute).toString() : file.toString();
  }

  private static boolean isYaml(Path file) {
    String name = String.valueOf(file.getFileName());
    boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml");
    return yaml && !name.startsWith(".") && Files.isRegularFile(file);
  }
}
