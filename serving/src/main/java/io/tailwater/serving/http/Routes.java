// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which endpoint answers which method and path. */
final class Routes {
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;

  /** By path and method. */
  private final Map<String, Map<String, Endpoint>> endpoints;

  /** The paths that a client needs no token for. */
  private final TreeSet<String> open = new TreeSet<>();

  Routes() {
    this.endpoints = new TreeMap<>();
  }

  Routes get(String path, Endpoint endpoint) {
    endpoints.computeIfAbsent(path, added -> new TreeMap<>()).put("GET", endpoint);
    return this;
  }

  Routes post(String path, Endpoint endpoint) {
    endpoints.computeIfAbsent(path, added -> new TreeMap<>()).put("POST", endpoint);
    return this;
  }

  /** Lets everybody ask at a path. */
  Routes open(String path) {
    open.add(path);
    return this;
  }

  boolean isOpen(String path) {
    return open.contains(path);
  }

  /**
   * The path, if there is one such, and else a word for all others: what metrics may be named by.
   */
  String label(String path) {
    return endpoints.containsKey(path) ? path : "other";
  }

  /**
   * The endpoint.
   *
   * @throws ClientError if there is none
   */
  Endpoint find(String method, String path) {
    Map<String, Endpoint> methods = endpoints.get(path);
    if (methods == null) {
      throw ClientError.http(
          NOT_FOUND,
          "found nothing at %s, expected one of %s"
              .formatted(path, String.join(", ", endpoints.keySet())));
    }
    Endpoint endpoint = methods.get(method);
    if (endpoint == null) {
      throw ClientError.http(
          METHOD_NOT_ALLOWED,
          "found %s %s, expected %s"
              .formatted(method, path, String.join(" or ", methods.keySet())));
    }
    return endpoint;
  }
}
