// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import io.tailwater.serving.DefinitionsAgreement;
import io.tailwater.serving.FeatureClient;
import io.tailwater.serving.OnlineStoreException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
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
  private final Duration timeout;

  /**
   * @param timeout how long Redis may take for an answer
   */
  ServedDefinitions(FeatureClient client, ServingMetrics metrics, Duration timeout) {
    this.client = client;
    this.metrics = metrics;
    this.timeout = timeout;
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
   *
   * @return fails with {@link OnlineStoreException} if the store does not answer in time
   */
  CompletionStage<Reply> health() {
    return client
        .pingWithin(timeout)
        .thenCombine(lookIfPossible(), (answered, agreement) -> healthy(agreement));
  }

  private static Reply healthy(DefinitionsAgreement agreement) {
    Long version = agreement.appliedVersion();
    if (version == null) {
      return Reply.json(200, new byte[0]);
    }
    Map<String, Object> health = new LinkedHashMap<>();
    health.put("applied_definitions_version", version);
    health.put("differences", agreement.differences().size());
    return Json.reply(200, health);
  }

  /** The metrics, with how the definitions stand if Redis tells. */
  CompletionStage<Reply> metrics() {
    return lookIfPossible()
        .thenApply(agreement -> Reply.text("text/plain; version=0.0.4", metrics.scrape()));
  }

  /**
   * As if nothing were applied if Redis does not tell, as one that lets the server read vectors and
   * nothing else.
   */
  private CompletableFuture<DefinitionsAgreement> lookIfPossible() {
    return client
        .agreementWithin(timeout)
        .whenComplete(
            (agreement, failure) -> {
              if (failure == null) {
                metrics.compared(agreement);
              }
            })
        .exceptionally(
            failure -> {
              Throwable cause =
                  failure instanceof CompletionException && failure.getCause() != null
                      ? failure.getCause()
                      : failure;
              if (cause instanceof OnlineStoreException) {
                LOG.debug("Which definitions are applied is not known", cause);
                return DefinitionsAgreement.NOTHING_APPLIED;
              }
              throw new CompletionException(cause);
            });
  }

  private DefinitionsAgreement look() {
    DefinitionsAgreement agreement = client.agreement();
    metrics.compared(agreement);
    return agreement;
  }
}
