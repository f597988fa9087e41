// SPDX-License-Identifier: Apache-2.0
package io.tailwater.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files of the folder {@code docker}. */
final class DockerFolder {
  /** Maven runs a module's tests in the module's folder. */
  static final Path CHECKOUT = Path.of("").toAbsolutePath().getParent();

  private static final Pattern DEFAULT = Pattern.compile("\\$\\{[A-Z_]+:-(.+)\\}");
  private static final ObjectMapper JSON = new ObjectMapper();

  private DockerFolder() {}

  static String text(String file) throws IOException {
    return Files.readString(CHECKOUT.resolve("docker").resolve(file));
  }

  static JsonNode yaml(String file) throws IOException {
    return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text(file)));
  }

  /** The image of a service of the compose file. */
  static String imageOf(String service) throws IOException {
    String image = yaml("compose.yaml").at("/services/%s/image".formatted(service)).textValue();
    Matcher byDefault = DEFAULT.matcher(image);
    if (!byDefault.matches()) {
      throw new IllegalStateException(
          "found the image '%s' of %s, expected ${NAME:-IMAGE}".formatted(image, service));
    }
    return byDefault.group(1);
  }

  /** Every query of the dashboard and of the alerts, by who asks it. */
  static Map<String, PromQuery> queries() throws IOException {
    Map<String, PromQuery> queries = new LinkedHashMap<>();
    JsonNode dashboard = JSON.readTree(text("grafana/dashboards/tailwater.json"));
    for (JsonNode panel : dashboard.get("panels")) {
      for (JsonNode target : panel.path("targets")) {
        queries.put(
            "panel '%s' %s"
                .formatted(panel.get("title").textValue(), target.get("refId").textValue()),
            PromQuery.of(target.get("expr").textValue()));
      }
    }
    for (JsonNode variable : dashboard.get("templating").get("list")) {
      if (variable.get("type").textValue().equals("query")) {
        queries.put(
            "variable '%s'".formatted(variable.get("name").textValue()),
            PromQuery.ofVariable(variable.get("definition").textValue()));
      }
    }
    for (JsonNode group : yaml("prometheus/alerts.yaml").get("groups")) {
      for (JsonNode rule : group.get("rules")) {
        queries.put(
            "alert " + rule.get("alert").textValue(), PromQuery.of(rule.get("expr").textValue()));
      }
    }
    return queries;
  }
}
