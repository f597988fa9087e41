// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks.serving;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * What is asked for: a service, for so many entities that are drawn anew for each of a thousand
 * requests, the same ones in every run.
 */
record Question(String service, int rows) {
  private static final int VARIANTS = 1_000;
  private static final long SEED = 42;

  /** The keys of each request. */
  List<List<Long>> keys(int entities) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<List<Long>> requests = new ArrayList<>(VARIANTS);
    for (int request = 0; request < VARIANTS; request++) {
      requests.add(
          random
              .ints(rows, 0, entities)
              .mapToObj(entity -> FeatureShape.FIRST_KEY + entity)
              .toList());
    }
    return requests;
  }

  /** The requests as HTTP sends them. */
  byte[][] http(int entities) {
    return keys(entities).stream().map(this::http).toArray(byte[][]::new);
  }

  /** The rows of each request as a Java caller brings them. */
  List<List<Map<String, Long>>> java(int entities) {
    return keys(entities).stream()
        .map(request -> request.stream().map(key -> Map.of(FeatureShape.KEY, key)).toList())
        .toList();
  }

  private byte[] http(List<Long> keys) {
    String body =
        "{\"feature_service\": \"%s\", \"entities\": {\"%s\": %s}}"
            .formatted(
                service,
                FeatureShape.KEY,
                keys.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]")));
    return "POST /get-online-features HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(body.length(), body)
        .getBytes(US_ASCII);
  }
}
