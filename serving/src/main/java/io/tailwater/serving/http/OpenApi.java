// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.View;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** {@code GET /openapi.json}: the protocol, with what this project has to ask for. */
final class OpenApi {
  private final Reply reply;

  OpenApi(Project project) {
    ObjectNode document = (ObjectNode) Json.object(template());
    ((ObjectNode) document.path("info")).put("title", "Features of " + project.name());
    JsonNode request = document.at("/components/schemas/FeatureRequest/properties");
    ArrayNode features = ((ObjectNode) request.path("features").path("items")).putArray("examples");
    for (View view : project.allViews()) {
      view.features().forEach(feature -> features.add(view.name() + ":" + feature.name()));
    }
    ArrayNode services = ((ObjectNode) request.path("feature_service")).putArray("examples");
    project.services().forEach(service -> services.add(service.name()));
    this.reply = Json.reply(200, document);
  }

  Reply reply() {
    return reply;
  }

  private static byte[] template() {
    try (InputStream in = OpenApi.class.getResourceAsStream("openapi.json")) {
      return requireNonNull(in, "openapi.json").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
