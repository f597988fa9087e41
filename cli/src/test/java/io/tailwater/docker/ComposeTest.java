// SPDX-License-Identifier: Apache-2.0
package io.tailwater.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailwater.cli.demo.ShopTraffic;
import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.model.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.junit.jupiter.api.Test;

/** What holds for every service of {@code docker/compose.yaml}, and what it says twice. */
class ComposeTest {
  private static final Pattern IMAGE =
      Pattern.compile("\\$\\{[A-Z_]+:-([\\w./-]+):([\\w.-]*\\d+\\.\\d+[\\w.-]*)\\}");
  private static final Pattern PUBLISHED = Pattern.compile("127\\.0\\.0\\.1:\\d+:\\d+");
  private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

  @Test
  void everyImageIsOfAFixedVersion() throws Exception {
    services()
        .forEach((name, service) -> assertThat(text(service, "image")).as(name).matches(IMAGE));
    assertThat(List.of(baseOf("job.Dockerfile"), baseOf("cli.Dockerfile")))
        .allMatch(base -> base.matches("[\\w./-]+:[\\w.-]*\\d+\\.\\d+\\.\\d+[\\w.-]*"));
  }

  @Test
  void ourImagesAreOfThisVersionAndBuiltFromTheSameBases() throws Exception {
    Matcher version = VERSION.matcher(Files.readString(DockerFolder.CHECKOUT.resolve("pom.xml")));
    assertThat(version.find()).isTrue();
    for (String file : List.of("job.Dockerfile", "cli.Dockerfile")) {
      assertThat(DockerFolder.text(file)).contains("ARG VERSION=" + version.group(1));
    }
    services()
        .forEach(
            (name, service) -> {
              if (service.has("build")) {
                assertThat(text(service, "image")).as(name).endsWith(":" + version.group(1) + "}");
                assertThat(service.at("/build/args/BASE_IMAGE").textValue())
                    .as(name)
                    .endsWith(":-" + baseOf(service.at("/build/dockerfile").textValue()) + "}");
              }
            });
  }

  @Test
  void nobodyIsRoot() throws Exception {
    services()
        .forEach(
            (name, service) -> {
              assertThat(text(service, "user")).as(name).matches("[1-9]\\d*:\\d+");
              assertThat(service.at("/cap_drop/0").textValue()).as(name).isEqualTo("ALL");
              assertThat(service.at("/security_opt/0").textValue())
                  .as(name)
                  .isEqualTo("no-new-privileges:true");
            });
    for (String file : List.of("job.Dockerfile", "cli.Dockerfile")) {
      assertThat(DockerFolder.text(file).lines().filter(line -> line.startsWith("USER ")))
          .as(file)
          .last()
          .isEqualTo("USER 9999:9999");
    }
  }

  @Test
  void everyServiceThatStaysTellsItsHealthAndStartsAgain() throws Exception {
    services()
        .forEach(
            (name, service) -> {
              boolean ends = text(service, "restart").equals("no");
              assertThat(service.has("healthcheck")).as(name).isEqualTo(!ends);
              assertThat(text(service, "restart"))
                  .as(name)
                  .isEqualTo(ends ? "no" : "unless-stopped");
            });
  }

  @Test
  void everyServiceHasLimits() throws Exception {
    services()
        .forEach(
            (name, service) -> {
              JsonNode limits = service.at("/deploy/resources/limits");
              assertThat(Double.parseDouble(limits.get("cpus").textValue())).as(name).isPositive();
              assertThat(memory(limits).getMebiBytes()).as(name).isPositive();
            });
  }

  @Test
  void flinkFitsIntoItsLimits() throws Exception {
    Map<String, JsonNode> services = services();
    Configuration configuration = new Configuration();
    services
        .get("taskmanager")
        .at("/environment/FLINK_PROPERTIES")
        .textValue()
        .lines()
        .map(line -> line.split(": ", 2))
        .forEach(entry -> configuration.setString(entry[0], entry[1]));

    assertThat(limit(services, "jobmanager"))
        .isGreaterThanOrEqualTo(configuration.get(JobManagerOptions.TOTAL_PROCESS_MEMORY));
    assertThat(limit(services, "taskmanager"))
        .isGreaterThanOrEqualTo(configuration.get(TaskManagerOptions.TOTAL_PROCESS_MEMORY));
  }

  @Test
  void flinksConfigurationFitsTheServicesAndVolumes() throws Exception {
    Map<String, JsonNode> services = services();
    Configuration configuration =
        GlobalConfiguration.loadConfiguration(
            DockerFolder.CHECKOUT.resolve("flink-conf").toString());

    assertThat(configuration.toMap())
        .containsEntry("jobmanager.rpc.address", "jobmanager")
        .containsEntry("rest.address", "jobmanager");
    for (String service : List.of("jobmanager", "taskmanager")) {
      assertThat(texts(services.get(service).get("volumes")))
          .contains("checkpoints:/var/lib/flink");
      for (String folder : List.of("dir", "savepoint-dir")) {
        assertThat(configuration.toMap().get("execution.checkpointing." + folder))
            .startsWith("file:///var/lib/flink/");
      }
    }
    assertThat(DockerFolder.text("bin/stream")).contains(":-/var/lib/flink/checkpoints}");
  }

  @Test
  void portsArePublishedToThisMachineAlone() throws Exception {
    List<String> ports = new ArrayList<>();
    services().values().forEach(service -> ports.addAll(texts(service.path("ports"))));
    assertThat(ports).isNotEmpty().allMatch(port -> PUBLISHED.matcher(port).matches());
    assertThat(ports).doesNotHaveDuplicates();
  }

  @Test
  void whatIsMountedIsThereAndWhatIsNamedIsDeclared() throws Exception {
    JsonNode compose = DockerFolder.yaml("compose.yaml");
    Path folder = DockerFolder.CHECKOUT.resolve("docker");
    for (JsonNode service : compose.get("services")) {
      for (String volume : texts(service.path("volumes"))) {
        String source = volume.substring(0, volume.indexOf(':'));
        if (source.startsWith(".")) {
          assertThat(folder.resolve(source)).exists();
          assertThat(volume).endsWith(":ro");
        } else {
          assertThat(compose.get("volumes").has(source)).as(volume).isTrue();
        }
      }
      texts(service.path("secrets"))
          .forEach(secret -> assertThat(compose.get("secrets").has(secret)).as(secret).isTrue());
    }
    for (JsonNode secret : compose.get("secrets")) {
      String file = secret.get("file").textValue();
      assertThat(DockerFolder.text("secrets.sh")).contains(file.substring("./secrets/".length()));
    }
  }

  @Test
  void everyTopicOfTheExampleIsMade() throws Exception {
    Project project =
        ProjectLoader.load(DockerFolder.CHECKOUT.resolve("feature-definitions/retail"));
    String script = services().get("topics").at("/command/2").textValue();
    Matcher topics = Pattern.compile("for topic in ([^;]+);").matcher(script);
    assertThat(topics.find()).isTrue();
    assertThat(topics.group(1).split(" ", -1))
        .containsExactlyInAnyOrderElementsOf(new ShopTraffic(project, 1, 1).topics());
  }

  @Test
  void whatIsScrapedIsAService() throws Exception {
    Set<String> names = new HashSet<>();
    for (JsonNode config : DockerFolder.yaml("prometheus/prometheus.yaml").get("scrape_configs")) {
      config.findValues("names").forEach(hosts -> names.addAll(texts(hosts)));
      for (JsonNode targets : config.findValues("targets")) {
        texts(targets).forEach(target -> names.add(target.substring(0, target.indexOf(':'))));
      }
    }
    assertThat(names).containsExactlyInAnyOrder("jobmanager", "taskmanager", "serve");
    assertThat(services().keySet()).containsAll(names);
  }

  private static Map<String, JsonNode> services() throws IOException {
    Map<String, JsonNode> services = new LinkedHashMap<>();
    DockerFolder.yaml("compose.yaml")
        .get("services")
        .properties()
        .forEach(entry -> services.put(entry.getKey(), entry.getValue()));
    assertThat(services)
        .containsKeys(
            "kafka", "redis", "jobmanager", "taskmanager", "serve", "prometheus", "grafana");
    return services;
  }

  private static String baseOf(String dockerfile) {
    try {
      String name = Path.of(dockerfile).getFileName().toString();
      Matcher base =
          Pattern.compile("(?m)^ARG BASE_IMAGE=(\\S+)$").matcher(DockerFolder.text(name));
      assertThat(base.find()).as(name).isTrue();
      return base.group(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MemorySize limit(Map<String, JsonNode> services, String name) {
    return memory(services.get(name).at("/deploy/resources/limits"));
  }

  private static MemorySize memory(JsonNode limits) {
    return MemorySize.parse(limits.get("memory").textValue());
  }

  private static String text(JsonNode service, String key) {
    return service.path(key).asText();
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
