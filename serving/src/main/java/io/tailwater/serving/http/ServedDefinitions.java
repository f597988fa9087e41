// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import io.tailwater.serving.DefinitionsAgreement;
import io.tailwater.serving.FeatureClient;
import io.tailwater.serving.OnlineStoreException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the server tells of its definitions and the applied ones. A server that runs goes on,
 * whatever is applied: between apply and the deployment of servers all of them are behind, and none
 * would be left. Thread-safe.
 */
final class ServedDefinitions {
  private static final Logger LOG = LoggerFactory.getLogger(ServedDefinitions.class);

  private final FeatureClient client;
  private final ServingMetrics metrics;

  ServedDefinitions(FeatureClient client, ServingMetrics metrics) {
    this.client = client;
    this.metrics = metrics;
  }

  /**
   * Sees whether the server may start.
   *
   * @throws IllegalArgumentException if it may not, with what is different and what to do
   */
  void requireAtStart(DefinitionsPolicy policy) {
    DefinitionsAgreement agreement;
    try {
      agreement = look();
    } catch (OnlineStoreException e) {
      LOG.warn("The server starts without knowing which definitions are applied", e);
      return;
    }
    if (policy == DefinitionsPolicy.APPLIED && !agreement.isAgreed()) {
      throw new IllegalArgumentException(
          "the definitions are not those that are applied, version %d:%n  %s%nExpected what the stores are filled by, else values would be served under names that mean something else. Deploy the applied definitions, or make these the applied ones ('tailwater plan' and 'tailwater apply'), or serve them all the same (--unapplied)"
              .formatted(
                  agreement.appliedVersion(),
                  String.join(System.lineSeparator() + "  ", agreement.differences())));
    }
  }

  /**
   * Whether the store answers, and how the definitions stand. {@code /health} is open, so it says
   * how many differences there are; which is in the log.
   */
  Reply health() {
    client.ping();
    DefinitionsAgreement agreement = lookIfPossible();
    Long version = agreement == null ? null : agreement.appliedVersion();
    if (agreement == null || version == null) {
      return new Reply(200, Reply.JSON, new byte[0]);
    }
    Map<String, Object> health = new LinkedHashMap<>();
    health.put("applied_definitions_version", version);
    health.put("differences", agreement.differences().size());
    return Json.reply(200, health);
  }

  /** The metrics, with how the definitions stand if Redis tells. */
  Reply metrics() {
    lookIfPossible();
    return Reply.text("text/plain; version=0.0.4", metrics.scrape());
  }

  /** Null if Redis does not tell, as one that lets the server read vectors and nothing else. */
  private @Nullable DefinitionsAgreement lookIfPossible() {
    try {
      return look();
    } catch (OnlineStoreException e) {
      LOG.debug("Which definitions are applied is not known", e);
      return null;
    }
  }

  private DefinitionsAgreement look() {
    DefinitionsAgreement agreement = client.agreement();
    metrics.compared(agreement);
    return agreement;
  }
}
