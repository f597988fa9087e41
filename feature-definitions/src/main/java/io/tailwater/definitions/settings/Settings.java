// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.settings;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a project runs: what {@code tailwater.yaml} says and flags override.
 *
 * @param kafka null where no bootstrap server is given
 * @param redis null where none is given
 * @param warehouse the URI or path of the Iceberg warehouse; null where none is given
 * @param catalog Iceberg catalog properties; empty for the default catalog
 * @param checkpoints where and how often the job's state is saved
 * @param stateBackend what holds the job's state
 * @param deadLetters where dead letters go instead of {@code <topic>.dead-letters}: a topic or a
 *     file; null for the default
 * @param serving how the feature server serves
 */
public record Settings(
    @Nullable KafkaSettings kafka,
    @Nullable RedisSettings redis,
    @Nullable String warehouse,
    Map<String, String> catalog,
    CheckpointSettings checkpoints,
    StateBackend stateBackend,
    @Nullable String deadLetters,
    ServingSettings serving) {

  /** What a project without {@code tailwater.yaml} has. */
  public static final Settings DEFAULT =
      new Settings(
          null,
          null,
          null,
          Map.of(),
          CheckpointSettings.DEFAULT,
          StateBackend.ROCKSDB,
          null,
          ServingSettings.DEFAULT);

  /** What holds the job's state between events. */
  public enum StateBackend {
    /** The JVM's heap: fastest, as large as memory. */
    HEAP,
    /** RocksDB on the local disk: as large as the disk. */
    ROCKSDB
  }

  public Settings {
    catalog = Map.copyOf(catalog);
    requireNonNull(checkpoints, "checkpoints is null");
    requireNonNull(stateBackend, "stateBackend is null");
    requireNonNull(serving, "serving is null");
  }

  public Settings withKafka(@Nullable KafkaSettings newKafka) {
    return new Settings(
        newKafka, redis, warehouse, catalog, checkpoints, stateBackend, deadLetters, serving);
  }

  public Settings withRedis(@Nullable RedisSettings newRedis) {
    return new Settings(
        kafka, newRedis, warehouse, catalog, checkpoints, stateBackend, deadLetters, serving);
  }

  public Settings withWarehouse(@Nullable String newWarehouse) {
    return new Settings(
        kafka, redis, newWarehouse, catalog, checkpoints, stateBackend, deadLetters, serving);
  }

  public Settings withCatalog(Map<String, String> newCatalog) {
    return new Settings(
        kafka, redis, warehouse, newCatalog, checkpoints, stateBackend, deadLetters, serving);
  }

  public Settings withCheckpoints(CheckpointSettings newCheckpoints) {
    return new Settings(
        kafka, redis, warehouse, catalog, newCheckpoints, stateBackend, deadLetters, serving);
  }

  public Settings withStateBackend(StateBackend newStateBackend) {
    return new Settings(
        kafka, redis, warehouse, catalog, checkpoints, newStateBackend, deadLetters, serving);
  }

  public Settings withDeadLetters(@Nullable String newDeadLetters) {
    return new Settings(
        kafka, redis, warehouse, catalog, checkpoints, stateBackend, newDeadLetters, serving);
  }

  public Settings withServing(ServingSettings newServing) {
    return new Settings(
        kafka, redis, warehouse, catalog, checkpoints, stateBackend, deadLetters, newServing);
  }

  /** For people: secrets are left out. */
  @Override
  public String toString() {
    return "Settings[kafka=%s, redis=%s, warehouse=%s, catalog=%s, checkpoints=%s, stateBackend=%s, deadLetters=%s, serving=%s]"
        .formatted(
            kafka,
            redis,
            Secrets.redactUserInfo(warehouse),
            Secrets.redact(catalog),
            checkpoints,
            stateBackend,
            deadLetters,
            serving);
  }
}
