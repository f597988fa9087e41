// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.deadletters;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.KafkaTopic;
import io.tailwater.jobs.source.EventClock;
import io.tailwater.jobs.source.KafkaPosition;
import io.tailwater.jobs.source.TopicScan;
import io.tailwater.sinks.deadletter.DeadLetterHeaders;
import io.tailwater.stores.DeadLetter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends the original bytes of dead letters to their sources' topics once more.
 *
 * <p>Each record once, however often this runs and wherever it is killed: what was replayed is
 * remembered in a topic beside the dead letters, in the transaction that sends it. Memory grows
 * with the number of letters, by their positions, not with their bytes.
 */
public final class DeadLetterReplay {
  private static final int BATCH_RECORDS = 500;
  private static final long BATCH_BYTES = 16L << 20;

  private final DeadLetterTopics topics;
  private final ReplayOptions options;
  private final EventClock clock;
  private final LongConsumer progress;
  private final Map<ReplayVerdict, Map<String, Long>> counts = new EnumMap<>(ReplayVerdict.class);
  private long sent;

  /**
   * @param progress hears how many records have been sent, whenever a batch is about to count
   */
  public DeadLetterReplay(
      DeadLetterTopics topics, ReplayOptions options, EventClock clock, LongConsumer progress) {
    this.topics = requireNonNull(topics, "topics is null");
    this.options = requireNonNull(options, "options is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.progress = requireNonNull(progress, "progress is null");
  }

  /**
   * Replays what is there now; a letter that comes meanwhile is for the next run.
   *
   * @throws IOException if Kafka fails; what was committed before stays
   */
  public ReplaySummary run() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, List<EventSource>> topic : topics.byTopic().entrySet()) {
      boolean present =
          options.dryRun()
              ? decide(topic.getKey(), topic.getValue())
              : replay(topic.getKey(), topic.getValue());
      if (!present) {
        missing.add(topic.getKey());
      }
    }
    return new ReplaySummary(counts, missing);
  }

  private boolean decide(String deadLetters, List<EventSource> sources) throws IOException {
    ReplayDecision decision = decision(deadLetters, sources);
    return scan(deadLetters, sources, letter -> count(letter, decision.of(letter)));
  }

  private boolean replay(String deadLetters, List<EventSource> sources) throws IOException {
    // Nothing is created for letters that there are none of.
    if (!TopicScan.exists(sources.get(0), topics.kafka(), deadLetters)) {
      return false;
    }
    ReplayLog.create(topics.kafka(), deadLetters);
    try (ReplayProducer producer = ReplayProducer.open(topics.kafka(), deadLetters)) {
      // Only now: no earlier run adds to the log any more.
      ReplayDecision decision = decision(deadLetters, sources);
      Map<String, EventSource> byName = byName(sources);
      Batch batch = new Batch(producer);
      scan(
          deadLetters,
          sources,
          letter -> {
            ReplayVerdict verdict = decision.of(letter);
            if (verdict == ReplayVerdict.REPLAYED) {
              EventSource source = requireNonNull(byName.get(letter.source()));
              batch.add(item(letter, source, decision.next(letter)));
            }
            count(letter, verdict);
          });
      batch.send();
      return true;
    }
  }

  private ReplayDecision decision(String deadLetters, List<EventSource> sources)
      throws IOException {
    ReplayLog log = ReplayLog.read(sources.get(0), topics.kafka(), deadLetters);
    return new ReplayDecision(options, byName(sources), log, clock);
  }

  private boolean scan(String deadLetters, List<EventSource> sources, LetterConsumer consumer)
      throws IOException {
    try {
      return TopicScan.forEach(
          sources.get(0),
          topics.kafka(),
          deadLetters,
          stored ->
              DeadLetterHeaders.letter(stored)
                  .filter(options.filter()::takes)
                  .ifPresent(consumer::acceptUnchecked));
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void count(DeadLetter letter, ReplayVerdict verdict) {
    counts.computeIfAbsent(verdict, added -> new TreeMap<>()).merge(letter.code(), 1L, Long::sum);
  }

  private static Map<String, EventSource> byName(List<EventSource> sources) {
    Map<String, EventSource> byName = new HashMap<>();
    sources.forEach(source -> byName.put(source.name(), source));
    return byName;
  }

  /** To the partition that it came from: where events of its key are. */
  private static ReplayProducer.Item item(
      DeadLetter letter, EventSource source, ReplayedRecord replay) {
    KafkaTopic topic = requireNonNull(source.kafka());
    KafkaPosition refused = KafkaPosition.of(letter.position());
    boolean sameTopic = refused.topic().equals(topic.topic());
    return new ReplayProducer.Item(
        letter.position(),
        replay,
        new ProducerRecord<>(
            topic.topic(),
            sameTopic ? (Integer) refused.partition() : null,
            letter.key(),
            letter.value(),
            ReplayHeaders.of(replay)));
  }

  private interface LetterConsumer {
    void accept(DeadLetter letter) throws IOException;

    default void acceptUnchecked(DeadLetter letter) {
      try {
        accept(letter);
      } catch (IOException e) {
        throw new UncheckedIOException(String.valueOf(e.getMessage()), e);
      }
    }
  }

  /** What is sent in one transaction. */
  private final class Batch {
    private final ReplayProducer producer;
    private final List<ReplayProducer.Item> items = new ArrayList<>();
    private long bytes;

    Batch(ReplayProducer producer) {
      this.producer = producer;
    }

    void add(ReplayProducer.Item item) throws IOException {
      items.add(item);
      bytes += item.sent().value().length;
      if (items.size() >= BATCH_RECORDS || bytes >= BATCH_BYTES) {
        send();
      }
    }

    void send() throws IOException {
      if (!items.isEmpty()) {
        sent += items.size();
        producer.send(items, () -> progress.accept(sent));
        items.clear();
        bytes = 0;
      }
    }
  }
}
