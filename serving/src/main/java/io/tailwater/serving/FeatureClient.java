// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.expression.Suggestions;
import io.tailwater.definitions.model.FeatureReference;
import io.tailwater.definitions.model.FeatureService;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.definitions.retrieval.RetrievalPlan;
import io.tailwater.stores.redis.OnlineLayout;
import io.tailwater.stores.redis.RedisEndpoint;
import io.tailwater.stores.redis.RedisOptions;
import io.tailwater.stores.redis.RedisReader;
import io.tailwater.stores.redis.RegistryException;
import io.tailwater.stores.redis.VectorAnswer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Reads online features.
 *
 * <p>A request is one pipelined round trip to Redis, in a cluster to each node that has some of it
 * and to all of them at once, however many entities and views it names; an entity that is named
 * twice is asked for once. What is computed on read is computed as of {@code request_time}, the
 * client's clock when the stored values are there, by the same compiled expressions as in training.
 * A read that finds its connection broken is repeated once; connections are pooled, and made when
 * they are needed. Each connection and each reply has its own timeout; {@link #readWithin} has one
 * for all of them together.
 *
 * <p>Thread-safe.
 */
public final class FeatureClient implements AutoCloseable {
  /**
   * How far a view's job may be behind before its values count as stale, if nothing else is said.
   */
  public static final Duration DEFAULT_MAX_LAG = Duration.ofMinutes(1);

  private final Project project;
  private final RedisEndpoint endpoint;
  private final RedisReader reader;
  private final ReadThreads threads;
  private final Function<StoredView, OnlineLayout> layouts;
  private final Clock clock;
  private final long maxLagMillis;
  private final AppliedWatch applied;
  private final QueryCache queries = new QueryCache();

  private FeatureClient(Project project, RedisOptions redis, Clock clock, Duration maxLag) {
    this.project = project;
    this.endpoint = redis.endpoint();
    this.reader = new RedisReader(redis);
    this.applied = new AppliedWatch(project, redis);
    this.threads = new ReadThreads(redis.connections());
    this.layouts = view -> OnlineLayout.of(redis.layout(), project.name(), view);
    this.clock = clock;
    this.maxLagMillis = maxLag.toMillis();
  }

  /**
   * A client, which connects when it first reads.
   *
   * @param project whose features, as the job that writes them has it
   * @param redis its timeouts and connections are those of the client
   * @param clock what {@code request_time} is
   */
  public static FeatureClient create(Project project, RedisOptions redis, Clock clock) {
    return create(project, redis, clock, DEFAULT_MAX_LAG);
  }

  /**
   * A client that takes another distance as normal.
   *
   * @param maxLag how far a view's watermark may be behind the clock before its values are reported
   *     as {@link Freshness#STALE}; longer than the {@code out_of_orderness} of its sources
   */
  public static FeatureClient create(
      Project project, RedisOptions redis, Clock clock, Duration maxLag) {
    requireNonNull(project, "project is null");
    requireNonNull(redis, "redis is null");
    requireNonNull(clock, "clock is null");
    requireNonNull(maxLag, "maxLag is null");
    if (maxLag.isNegative()) {
      throw new IllegalArgumentException("maxLag must not be negative but is " + maxLag);
    }
    return new FeatureClient(project, redis, clock, maxLag);
  }

  /**
   * The features of entities.
   *
   * @param features {@code view:feature} or {@code view:*}
   * @param entities for each row the values of the join keys, and of the fields that on-demand
   *     features need
   * @throws IllegalArgumentException if the project has no such feature, or a row is not what the
   *     features need
   * @throws OnlineStoreException if Redis cannot be read
   */
  public OnlineFeatures getOnlineFeatures(
      List<String> features, List<? extends Map<String, ?>> entities) {
    FeatureQuery query = query(features.stream().map(FeatureReference::parse).toList());
    return read(query, query.rows(entities));
  }

  /**
   * The features of a service for entities.
   *
   * @param service the name of a feature service
   * @param entities as above
   * @throws IllegalArgumentException if the project has no such service, or a row is not what its
   *     features need
   * @throws OnlineStoreException if Redis cannot be read
   */
  public OnlineFeatures getOnlineFeatures(String service, List<? extends Map<String, ?>> entities) {
    FeatureQuery query = query(service);
    return read(query, query.rows(entities));
  }

  /**
   * The query for these features, remembered for the next one who asks.
   *
   * @throws IllegalArgumentException with everything that is wrong, a line each
   */
  public FeatureQuery query(List<FeatureReference> features) {
    return queries.get(
        List.copyOf(features),
        key -> FeatureQuery.of(RetrievalPlan.of(project, features), layouts));
  }

  /**
   * The query for the features of a service, remembered for the next one who asks.
   *
   * @throws IllegalArgumentException if there is no such service
   */
  public FeatureQuery query(String service) {
    return queries.get(
        service,
        key -> FeatureQuery.of(RetrievalPlan.ofService(project, service(service)), layouts));
  }

  /**
   * Reads what a query asks for.
   *
   * @param rows for each the values of {@link FeatureQuery#inputs()}, in order, of their types'
   *     Java classes or null; an entity with a null in its key is not found
   * @throws OnlineStoreException if Redis cannot be read
   */
  public OnlineFeatures read(FeatureQuery query, List<Object[]> rows) {
    return read(query, rows, EntityKeys.of(query, rows));
  }

  private OnlineFeatures read(FeatureQuery query, List<Object[]> rows, EntityKeys keys) {
    List<VectorAnswer> answers = ask(keys);
    long requestTime = clock.millis();
    return OnlineFeatures.compute(query, rows, keys, answers, requestTime, maxLagMillis);
  }

  /**
   * Reads as {@link #read} does, without waiting for it. No longer than the timeout behind the call
   * the answer is there, or the failure, whatever Redis does meanwhile. As many reads as the client
   * may have connections go on at once; the others wait, and their time runs.
   *
   * @return fails with {@link OnlineStoreException} if Redis cannot be read, or not in time
   */
  public CompletableFuture<OnlineFeatures> readWithin(
      Duration timeout, FeatureQuery query, List<Object[]> rows) {
    EntityKeys keys = EntityKeys.of(query, rows);
    return keys.queries().isEmpty()
        ? CompletableFuture.completedFuture(read(query, rows, keys))
        : threads.within(timeout, () -> read(query, rows, keys), () -> late(timeout));
  }

  /**
   * Sees whether Redis answers.
   *
   * @throws OnlineStoreException if it does not, with the reason
   */
  public void ping() {
    try {
      reader.ping();
    } catch (JedisException e) {
      throw unreadable(e);
    }
  }

  /**
   * How the client's definitions stand to those that are applied now. A client reads whatever they
   * say: whether it should is for its owner to decide. After the first time this is one small read,
   * and a comparison when another version has been applied.
   *
   * @throws OnlineStoreException if Redis does not answer
   */
  public DefinitionsAgreement agreement() {
    try {
      return applied.look();
    } catch (RegistryException e) {
      throw new OnlineStoreException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Looks as {@link #agreement} does, without waiting for it.
   *
   * @return fails with {@link OnlineStoreException} if Redis does not answer, or not in time
   */
  public CompletableFuture<DefinitionsAgreement> agreementWithin(Duration timeout) {
    return threads.within(timeout, this::agreement, () -> late(timeout));
  }

  /**
   * Sees whether Redis answers, without waiting for it.
   *
   * @return fails with {@link OnlineStoreException} if it does not, or not in time
   */
  public CompletableFuture<Void> pingWithin(Duration timeout) {
    return threads
        .within(
            timeout,
            () -> {
              ping();
              return true;
            },
            () -> late(timeout))
        .thenAccept(answered -> {});
  }

  @Override
  public void close() {
    threads.close();
    reader.close();
    applied.close();
  }

  private List<VectorAnswer> ask(EntityKeys keys) {
    try {
      return keys.queries().isEmpty() ? List.of() : reader.read(keys.queries());
    } catch (JedisException | IllegalArgumentException e) {
      throw unreadable(e);
    }
  }

  private OnlineStoreException late(Duration timeout) {
    return new OnlineStoreException(
        "Cannot read from Redis at %s: no answer within %d ms"
            .formatted(endpoint, timeout.toMillis()));
  }

  private OnlineStoreException unreadable(RuntimeException e) {
    Throwable cause = e.getCause();
    return new OnlineStoreException(
        "Cannot read from Redis at %s: %s%s"
            .formatted(
                endpoint,
                e.getMessage(),
                cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage()),
        e);
  }

  private FeatureService service(String name) {
    List<String> names = project.services().stream().map(FeatureService::name).toList();
    return project
        .service(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown feature service '%s', expected %s%s"
                        .formatted(
                            name,
                            names.isEmpty()
                                ? "a name; there is none"
                                : "one of " + String.join(", ", names),
                            Suggestions.didYouMean(name, names)
                                .map(" (%s)"::formatted)
                                .orElse(""))));
  }
}
