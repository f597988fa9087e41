// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The JAR that the build leaves for {@code flink run}, against the class path that it is made of.
 */
class SubmittedJarITCase {
  private static final long MEGABYTE = 1_000_000;
  private static final String THIRD_PARTY = "META-INF/third-party/";

  /** Connectors are not in a Flink distribution. */
  private static final List<String> CONNECTORS =
      List.of(
          "org/apache/flink/connector/kafka/",
          "org/apache/flink/streaming/connectors/kafka/",
          "org/apache/flink/connector/jdbc/",
          "org/apache/flink/streaming/util/serialization/JSONKeyValueDeserializationSchema");

  /** What Iceberg's JAR carries of others under their own names. */
  private static final List<String> CARRIED =
      List.of("com/github/luben/zstd/", "org/locationtech/jts/", "org/apache/datasketches/");

  private ZipFile jar;
  private final Map<String, ZipFile> libraries = new HashMap<>();

  @BeforeEach
  void open() throws IOException {
    jar = new ZipFile(file().toFile());
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (path.endsWith(".jar") && new File(path).isFile()) {
        libraries.put(new File(path).getName(), new ZipFile(path));
      }
    }
  }

  @AfterEach
  void close() throws IOException {
    jar.close();
    for (ZipFile library : libraries.values()) {
      library.close();
    }
  }

  @Test
  void isOfTheSizeThatWasDecidedOn() throws IOException {
    assertThat(Files.size(file())).isBetween(120 * MEGABYTE, 170 * MEGABYTE);
  }

  @Test
  void hasNothingThatAFlinkDistributionHas() {
    assertThat(classes(jar))
        .filteredOn(name -> name.startsWith("org/apache/flink/"))
        .isNotEmpty()
        .allMatch(name -> CONNECTORS.stream().anyMatch(name::startsWith));
    assertThat(classes(jar))
        .noneMatch(name -> name.startsWith("org/slf4j/"))
        .noneMatch(name -> name.startsWith("org/apache/logging/log4j/"))
        .noneMatch(name -> name.startsWith("org/rocksdb/"))
        .noneMatch(name -> name.startsWith("com/esotericsoftware/"));
  }

  @Test
  void everyClassIsOfOneLibrary() {
    List<String> doubtful = new ArrayList<>();
    for (String name : classes(jar)) {
      List<ZipFile> owners =
          libraries.values().stream()
              .filter(library -> library.getEntry(name) != null)
              .filter(library -> !isCarried(name) || !isIceberg(library))
              .filter(library -> !isOfTheDistribution(library))
              .toList();
      if (owners.size() > 1) {
        doubtful.add(name + " of " + owners.stream().map(ZipFile::getName).toList());
      } else if (owners.size() == 1
          && owners.get(0).getEntry(name).getCrc() != jar.getEntry(name).getCrc()) {
        doubtful.add(name + " is not that of " + owners.get(0).getName());
      }
    }
    assertThat(doubtful).isEmpty();
  }

  @Test
  void hasTheMainsAndWhatServicesFind() throws IOException {
    assertThat(classes(jar))
        .contains(
            "io/tailwater/jobs/StreamMain.class",
            "io/tailwater/jobs/BackfillMain.class",
            "io/tailwater/jobs/MaterializeMain.class",
            "io/tailwater/jobs/MaterializeIncrementalMain.class",
            "io/tailwater/jobs/HistoricalMain.class");
    assertThat(text("META-INF/MANIFEST.MF")).contains("Main-Class: io.tailwater.jobs.StreamMain");
    assertThat(text("META-INF/services/java.sql.Driver"))
        .contains("org.sqlite.JDBC", "org.postgresql.Driver");
    assertThat(text("META-INF/services/org.apache.flink.table.factories.Factory"))
        .contains("kafka", "jdbc", "iceberg");
  }

  @Test
  void carriesTheLicencesOfItsLibraries() throws IOException {
    Set<String> names = new HashSet<>();
    entries(jar).forEach(entry -> names.add(entry.getName()));
    String withoutText = text(THIRD_PARTY + "README.md");
    Set<String> classes = classes(jar);
    List<String> without = new ArrayList<>();
    libraries.forEach(
        (file, library) -> {
          String artifact = artifact(library);
          if (!file.startsWith("tailwater-")
              && !isOfTheDistribution(library)
              && classes(library).stream().anyMatch(classes::contains)
              && names.stream().noneMatch(name -> isText(name, artifact))
              && !withoutText.matches("(?s).*\\b%s\\b.*".formatted(artifact))) {
            without.add(artifact);
          }
        });
    assertThat(without).as("libraries without a licence").isEmpty();
    assertThat(names).contains("META-INF/LICENSE").noneMatch(name -> isText(name, "kryo"));
  }

  private static boolean isText(String name, String artifact) {
    return name.startsWith(THIRD_PARTY + artifact + "-jar/") && !name.endsWith("/");
  }

  private static boolean isCarried(String name) {
    String plain = name.replaceFirst("^META-INF/versions/[0-9]+/", "");
    return CARRIED.stream().anyMatch(plain::startsWith);
  }

  private static boolean isIceberg(ZipFile library) {
    return library.getName().contains("iceberg-flink-runtime");
  }

  /** Flink carries Janino, for one; what is in our JAR goes before it on a cluster. */
  private static boolean isOfTheDistribution(ZipFile library) {
    String artifact = artifact(library);
    return artifact.startsWith("flink-")
        && !artifact.startsWith("flink-connector-kafka")
        && !artifact.startsWith("flink-connector-jdbc");
  }

  /** As Maven's repository lays it out: ARTIFACT/VERSION/FILE. */
  private static String artifact(ZipFile library) {
    return Path.of(library.getName()).getParent().getParent().getFileName().toString();
  }

  private String text(String name) throws IOException {
    return new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), UTF_8);
  }

  private static Set<String> classes(ZipFile file) {
    Set<String> classes = new HashSet<>();
    for (ZipEntry entry : entries(file)) {
      if (entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class")) {
        classes.add(entry.getName());
      }
    }
    return classes;
  }

  private static List<ZipEntry> entries(ZipFile file) {
    List<ZipEntry> entries = new ArrayList<>();
    for (Enumeration<? extends ZipEntry> all = file.entries(); all.hasMoreElements(); ) {
      entries.add(all.nextElement());
    }
    return entries;
  }

  /** Maven runs a module's tests in the module's folder. */
  private static Path file() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      List<Path> jars =
          files
              .filter(file -> file.getFileName().toString().matches("tailwater-jobs-.*\\.jar"))
              .filter(
                  file ->
                      Arrays.stream(new String[] {"-classes.jar", "-tests.jar"})
                          .noneMatch(file.toString()::endsWith))
              .toList();
      assertThat(jars).as("the JAR that the phase 'package' makes").hasSize(1);
      return jars.get(0);
    }
  }
}
