// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * All definitions of a project, checked: names are unique and every reference resolves.
 *
 * @param name the project's name, the first part of every key and table name
 * @param entities in the order of definition
 * @param sources in the order of definition
 * @param views in the order of definition
 * @param services in the order of definition
 */
public record Project(
    String name,
    List<Entity> entities,
    List<EventSource> sources,
    List<FeatureView> views,
    List<FeatureService> services)
    implements Serializable {
  public Project {
    requireNonNull(name, "name is null");
    entities = List.copyOf(entities);
    sources = List.copyOf(sources);
    views = List.copyOf(views);
    services = List.copyOf(services);
  }

  /** A project without services. */
  public Project(
      String name, List<Entity> entities, List<EventSource> sources, List<FeatureView> views) {
    this(name, entities, sources, views, List.of());
  }

  /** The view of that name; empty if there is none. */
  public Optional<FeatureView> view(String viewName) {
    return views.stream().filter(view -> view.name().equals(viewName)).findFirst();
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

  /** The same project with these of its views alone. */
  public Project withViews(List<FeatureView> someViews) {
    return new Project(name, entities, sources, someViews);
  }
}
