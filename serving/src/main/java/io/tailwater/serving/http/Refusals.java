// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailwater.definitions.model.Project;
import java.util.List;

/**
 * What Feast's server does and this one does not: writes come from jobs alone, or nobody could
 * recompute what is served.
 */
final class Refusals {
  private static final int FORBIDDEN = 403;
  private static final int UNPROCESSABLE = 422;
  private static final int NOT_IMPLEMENTED = 501;

  private final Project project;

  Refusals(Project project) {
    this.project = project;
  }

  /** {@code POST /push}: a source of the project is refused, another one is not known. */
  Reply push(byte[] body) {
    String name = text(body, "push_source_name");
    if (project.source(name).isEmpty()) {
      throw ClientError.feast(
          UNPROCESSABLE,
          "PushSourceNotFoundException",
          "found no source '%s' in project '%s', expected %s; and none takes values by /push: send events to its topic"
              .formatted(name, project.name(), sources()));
    }
    throw ClientError.http(
        FORBIDDEN,
        "values of '%s' cannot be pushed: features are computed of its events, and what is pushed nobody could recompute; send the events to its topic"
            .formatted(name));
  }

  /** {@code POST /write-to-online-store}. */
  Reply write(byte[] body) {
    String name = text(body, "feature_view_name");
    if (project.storedView(name).isEmpty()) {
      throw ClientError.notFound(
          "FeatureViewNotFoundException",
          "found no feature view '%s' with stored features in project '%s'"
              .formatted(name, project.name()));
    }
    throw ClientError.http(
        FORBIDDEN,
        "values of '%s' cannot be written: they are computed, and what is written here nobody could recompute; %s"
            .formatted(
                name,
                project.view(name).isPresent()
                    ? "send events to the topics of its sources"
                    : "change the tables of its query, and run 'tailwater materialize'"));
  }

  /** {@code POST /materialize}. */
  Reply materialize(byte[] body) {
    return notHere("tailwater materialize START END --definitions DIR");
  }

  /** {@code POST /materialize-incremental}. */
  Reply materializeIncremental(byte[] body) {
    return notHere("tailwater materialize-incremental END --definitions DIR");
  }

  private static Reply notHere(String command) {
    return ClientError.http(
            NOT_IMPLEMENTED,
            "the server does not materialize: it is a job, and runs beside the server; run '%s'"
                .formatted(command))
        .reply();
  }

  private String sources() {
    return project.sources().isEmpty()
        ? "a name; there is none"
        : "one of "
            + String.join(", ", project.sources().stream().map(source -> source.name()).toList());
  }

  private static String text(byte[] body, String field) {
    JsonNode value = Json.object(body).path(field);
    if (!value.isTextual()) {
      throw ClientError.malformed(
          value.isMissingNode() ? "missing" : "string_type",
          List.of(field),
          value,
          "expected a name in '%s', found %s".formatted(field, Json.describe(value)));
    }
    return value.textValue();
  }
}
