// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All definitions of a project, checked: names are unique and every reference resolves.
 *
 * @param name the project's name, the first part of every key and table name
 * @param entities in the order of definition
 * @param sources in the order of definition
 * @param views those over events, in the order of definition
 * @param batchViews those of queries, in the order of definition
 * @param onDemandViews in the order of definition
 * @param services in the order of definition
 */
public record Project(
    String name,
    List<Entity> entities,
    List<EventSource> sources,
    List<FeatureView> views,
    List<BatchFeatureView> batchViews,
    List<OnDemandFeatureView> onDemandViews,
    List<FeatureService> services)
    implements Serializable {
  public Project {
    requireNonNull(name, "name is null");
    entities = List.copyOf(entities);
    sources = List.copyOf(sources);
    views = List.copyOf(views);
    batchViews = List.copyOf(batchViews);
    onDemandViews = List.copyOf(onDemandViews);
    services = List.copyOf(services);
  }

  /** A project without services, and with views over events alone. */
  public Project(
      String name, List<Entity> entities, List<EventSource> sources, List<FeatureView> views) {
    this(name, entities, sources, views, List.of(), List.of(), List.of());
  }

  /** The view over events of that name; empty if there is none. */
  public Optional<FeatureView> view(String viewName) {
    return views.stream().filter(view -> view.name().equals(viewName)).findFirst();
  }

  /** The batch view of that name; empty if there is none. */
  public Optional<BatchFeatureView> batchView(String viewName) {
    return batchViews.stream().filter(view -> view.name().equals(viewName)).findFirst();
  }

  /** The views that the stores have rows of: those over events, then those of queries. */
  public List<StoredView> storedViews() {
    return Stream.concat(views.stream(), batchViews.stream()).map(StoredView.class::cast).toList();
  }

  /** The stored view of that name; empty if there is none. */
  public Optional<StoredView> storedView(String viewName) {
    return storedViews().stream().filter(view -> view.name().equals(viewName)).findFirst();
  }

  /** All views: the {@linkplain #storedViews() stored} ones, then those on demand. */
  public List<View> allViews() {
    return Stream.concat(storedViews().stream(), onDemandViews.stream())
        .map(View.class::cast)
        .toList();
  }

  /** The sources that at least one view is computed from, in the order of definition. */
  public List<EventSource> readSources() {
    return sources.stream()
        .filter(source -> views.stream().anyMatch(view -> view.inputOf(source.name()) >= 0))
        .toList();
  }

  /** The service of that name; empty if there is none. */
  public Optional<FeatureService> service(String serviceName) {
    return services.stream().filter(service -> service.name().equals(serviceName)).findFirst();
  }

  /** The source of that name; empty if there is none. */
  public Optional<EventSource> source(String sourceName) {
    return sources.stream().filter(source -> source.name().equals(sourceName)).findFirst();
  }

  /** The same project with these of its views over events alone: no other views, no services. */
  public Project withViews(List<FeatureView> someViews) {
    return new Project(name, entities, sources, someViews);
  }

  /** The same project with these batch views. */
  public Project withBatchViews(List<BatchFeatureView> newBatchViews) {
    return new Project(name, entities, sources, views, newBatchViews, onDemandViews, services);
  }

  /** The same project with these on-demand views. */
  public Project withOnDemandViews(List<OnDemandFeatureView> newOnDemandViews) {
    return new Project(name, entities, sources, views, batchViews, newOnDemandViews, services);
  }

  /** The same project with these services. */
  public Project withServices(List<FeatureService> newServices) {
    return new Project(name, entities, sources, views, batchViews, onDemandViews, newServices);
  }
}
