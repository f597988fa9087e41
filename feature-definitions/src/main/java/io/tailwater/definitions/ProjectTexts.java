// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Where the texts of definitions are read, and which have been. */
abstract sealed class ProjectTexts {
  private final String name;
  private final SortedMap<String, String> read = new TreeMap<>();

  private ProjectTexts(String name) {
    this.name = name;
  }

  static ProjectTexts in(Path folder) {
    return new InFolder(folder);
  }

  static ProjectTexts of(DefinitionFiles files) {
    return new InMemory(files);
  }

  /** What they are called in problems. */
  String name() {
    return name;
  }

  /**
   * The names of the YAML files with definitions, sorted.
   *
   * @throws NotDirectoryException if there is no such folder
   */
  abstract List<String> definitions() throws IOException;

  /**
   * The file itself, or the names of the Avro schemas in a folder, sorted.
   *
   * @param file whether it is there is not asked
   */
  abstract List<String> schemas(String file) throws IOException;

  /**
   * The text of a file.
   *
   * @throws NoSuchFileException if there is none
   * @throws java.nio.charset.CharacterCodingException if it is no UTF-8
   */
  final String read(String file) throws IOException {
    String text = text(file);
    read.put(file, text);
    return text;
  }

  /** All that have been read. */
  final DefinitionFiles files() {
    return new DefinitionFiles(read);
  }

  abstract String text(String file) throws IOException;

  private static boolean isDefinition(String file) {
    boolean yaml = file.endsWith(".yaml") || file.endsWith(".yml");
    boolean settings = file.equals("tailwater.yaml") || file.equals("tailwater.yml");
    return yaml && !settings && !file.startsWith(".");
  }

  private static boolean isSchema(String file) {
    return file.endsWith(".avsc");
  }

  private static final class InFolder extends ProjectTexts {
    private final Path folder;

    InFolder(Path folder) {
      super(folder.toString());
      this.folder = folder;
    }

    @Override
    List<String> definitions() throws IOException {
      if (!Files.isDirectory(folder)) {
        throw new NotDirectoryException(folder.toString());
      }
      try (Stream<Path> entries = Files.list(folder)) {
        return entries
            .filter(Files::isRegularFile)
            .map(file -> String.valueOf(file.getFileName()))
            .filter(ProjectTexts::isDefinition)
            .sorted()
            .toList();
      }
    }

    @Override
    List<String> schemas(String file) throws IOException {
      Path path = folder.resolve(file);
      if (!Files.isDirectory(path)) {
        return List.of(file);
      }
      try (Stream<Path> files = Files.list(path)) {
        return files
            .map(each -> folder.relativize(each).toString().replace(File.separatorChar, '/'))
            .filter(ProjectTexts::isSchema)
            .sorted()
            .toList();
      }
    }

    @Override
    String text(String file) throws IOException {
      return Files.readString(folder.resolve(file), UTF_8);
    }
  }

  private static final class InMemory extends ProjectTexts {
    private final DefinitionFiles files;

    InMemory(DefinitionFiles files) {
      super("the definitions");
      this.files = files;
    }

    @Override
    List<String> definitions() {
      // A schema of another folder has a separator in its name.
      return files.texts().keySet().stream()
          .filter(file -> file.indexOf('/') < 0 && isDefinition(file))
          .toList();
    }

    @Override
    List<String> schemas(String file) {
      String folder = file.endsWith("/") ? file : file + "/";
      List<String> schemas =
          files.texts().keySet().stream()
              .filter(each -> isSchema(each) && each.startsWith(folder))
              .filter(each -> each.indexOf('/', folder.length()) < 0)
              .toList();
      return schemas.isEmpty() ? List.of(file) : schemas;
    }

    @Override
    String text(String file) throws IOException {
      String text = files.texts().get(file);
      if (text == null) {
        throw new NoSuchFileException(file);
      }
      return text;
    }
  }
}
