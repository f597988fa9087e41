// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.jobs.registry.SchemaRefusedException;
import io.tailwater.jobs.registry.SchemaRegistry;
import io.tailwater.stores.DeadLetter;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How records are read, by the id that a registry has given to the schema that they were written
 * with. An id's schema never changes: what was found is kept, as far as there is room. That an id
 * is not known is kept for a short while, so that many records with it cost one request, and a
 * schema that is registered late is found. Not thread-safe.
 */
final class RegisteredRows {
  /** Beyond that the ones not used for longest are asked for again. */
  private static final int MOST_KNOWN = 1_000;

  private static final int MOST_UNKNOWN = 10_000;
  private static final long UNKNOWN_FOR_NANOS = Duration.ofSeconds(30).toNanos();
  private static final int LONGEST_MESSAGE = 500;

  private final EventSource source;
  private final SchemaRegistry registry;
  private final LongSupplier nanoTime;
  private final Map<Integer, Answer> known = bounded(MOST_KNOWN);
  private final Map<Integer, Answer> unknown = bounded(MOST_UNKNOWN);

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  RegisteredRows(EventSource source, SchemaRegistry registry, LongSupplier nanoTime) {
    this.source = source;
    this.registry = registry;
    this.nanoTime = nanoTime;
  }

  /** One of the two, and when it was asked for. */
  private record Answer(@Nullable AvroRow row, @Nullable RejectedException refusal, long nanos) {}

  /**
   * Asks the registry for the schema, unless its answer is known.
   *
   * @throws IOException if the registry cannot answer
   */
  void load(int id) throws IOException {
    if (id < 0 || known.get(id) != null) {
      return;
    }
    Answer before = unknown.get(id);
    if (before == null || nanoTime.getAsLong() - before.nanos() >= UNKNOWN_FOR_NANOS) {
      unknown.remove(id);
      ask(id);
    }
  }

  /**
   * How records of the id are read.
   *
   * @throws RejectedException if the registry does not know the id, or its schema is not the
   *     source's
   * @throws IllegalStateException if the id was not loaded
   */
  AvroRow row(int id) throws RejectedException {
    if (id < 0) {
      throw new RejectedException(
          DeadLetter.Code.UNKNOWN_SCHEMA,
          "schema id %d: found a negative one, expected a registry's".formatted(id));
    }
    Answer answer = known.get(id);
    if (answer == null) {
      answer = unknown.get(id);
    }
    if (answer == null) {
      throw new IllegalStateException("schema id %d was not loaded".formatted(id));
    }
    if (answer.refusal() != null) {
      throw answer.refusal();
    }
    return requireNonNull(answer.row());
  }

  private void ask(int id) throws IOException {
    try {
      known.put(id, resolved(id));
    } catch (SchemaRefusedException e) {
      if (e.isUnknown()) {
        unknown.put(id, refused(DeadLetter.Code.UNKNOWN_SCHEMA, e.getMessage()));
      } else {
        known.put(id, refused(DeadLetter.Code.INCOMPATIBLE_SCHEMA, e.getMessage()));
      }
    }
  }

  private Answer resolved(int id) throws SchemaRefusedException, IOException {
    Schema writer = registry.schema(id);
    try {
      return new Answer(AvroRow.of(source, writer), null, nanoTime.getAsLong());
    } catch (RuntimeException e) {
      // Not its fields alone: one that reaches a corner that nobody checks is at fault itself.
      return refused(
          DeadLetter.Code.INCOMPATIBLE_SCHEMA, "schema id %d: %s".formatted(id, e.getMessage()));
    }
  }

  /** Whoever registers a schema decides how long its fields' names are. */
  private Answer refused(DeadLetter.Code code, String message) {
    String shown =
        message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
    return new Answer(null, new RejectedException(code, shown), nanoTime.getAsLong());
  }

  private static Map<Integer, Answer> bounded(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<Integer, Answer> eldest) {
        return size() > most;
      }
    };
  }
}
