// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import io.tailwater.definitions.expression.Suggestions;
import io.tailwater.definitions.model.Entity;
import io.tailwater.definitions.model.FeatureReference;
import io.tailwater.definitions.model.FeatureService;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.OnDemandFeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.View;
import io.tailwater.definitions.model.ViewAlias;
import io.tailwater.serving.FeatureClient;
import io.tailwater.serving.FeatureQuery;
import io.tailwater.serving.OnlineFeatures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** {@code POST /get-online-features}. */
final class OnlineFeaturesEndpoint implements Endpoint {
  private final Project project;
  private final FeatureClient client;
  private final int maxRows;
  private final Duration timeout;
  private final ServingMetrics metrics;
  private final Set<String> knownColumns;

  /**
   * @param maxRows how many rows of entities a request may have
   * @param timeout how long the online store may take for a request
   */
  OnlineFeaturesEndpoint(
      Project project,
      FeatureClient client,
      int maxRows,
      Duration timeout,
      ServingMetrics metrics) {
    this.project = project;
    this.client = client;
    this.maxRows = maxRows;
    this.timeout = timeout;
    this.metrics = metrics;
    this.knownColumns = Set.copyOf(columns(project));
  }

  @Override
  public CompletionStage<Reply> answer(byte[] body) {
    FeatureRequest request = FeatureRequest.parse(body);
    if (request.rows() > maxRows) {
      throw ClientError.badRequest(
          "found %d rows of entities, expected at most %d: split the request"
              .formatted(request.rows(), maxRows));
    }
    FeatureQuery query = query(request);
    List<String> names = FeatureNames.of(query.features(), request.fullNames(), query.joinKeys());
    List<Object[]> rows = EntityRows.of(query, request, knownColumns);
    return client
        .readWithin(timeout, query, rows)
        .thenApply(features -> reply(query, rows, names, features));
  }

  private Reply reply(
      FeatureQuery query, List<Object[]> rows, List<String> names, OnlineFeatures features) {
    metrics.served(features);
    return Reply.json(200, new FeatureResponse(query, rows, names, features).toJson());
  }

  private FeatureQuery query(FeatureRequest request) {
    try {
      String service = request.service();
      return service == null ? ofFeatures(request.features()) : client.query(known(service));
    } catch (IllegalArgumentException e) {
      throw ClientError.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private FeatureQuery ofFeatures(List<String> features) {
    FeatureNames.requireDistinct(features);
    List<FeatureReference> references = features.stream().map(FeatureReference::parse).toList();
    List<String> views = project.allViews().stream().map(View::name).toList();
    for (FeatureReference reference : references) {
      if (!views.contains(reference.view())) {
        throw ClientError.notFound(
            "FeatureViewNotFoundException", unknown("feature view", reference.view(), views));
      }
    }
    return client.query(references);
  }

  private String known(String service) {
    List<String> services = project.services().stream().map(FeatureService::name).toList();
    if (!services.contains(service)) {
      throw ClientError.notFound(
          "FeatureServiceNotFoundException", unknown("feature service", service, services));
    }
    return service;
  }

  private String unknown(String kind, String name, List<String> known) {
    return "found no %s '%s' in project '%s', expected %s%s"
        .formatted(
            kind,
            name,
            project.name(),
            known.isEmpty() ? "a name; there is none" : "one of " + String.join(", ", known),
            Suggestions.didYouMean(name, known).map(" (%s)"::formatted).orElse(""));
  }

  /** All that a request for some feature of the project may have to bring. */
  private static Set<String> columns(Project project) {
    List<String> columns = new ArrayList<>();
    for (Entity entity : project.entities()) {
      entity.joinKeys().stream().map(JoinKey::name).forEach(columns::add);
    }
    for (FeatureService service : project.services()) {
      for (ViewAlias alias : service.aliases()) {
        alias.joinKeys().stream().map(JoinKey::name).forEach(columns::add);
      }
    }
    for (OnDemandFeatureView view : project.onDemandViews()) {
      view.request().stream().map(Field::name).forEach(columns::add);
    }
    return new HashSet<>(columns);
  }
}
