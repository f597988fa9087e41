// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.RedisReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import redis.clients.jedis.RedisClient;

/**
 * Reads the vectors of all customers all the time while several write them. Whoever wrote it, none
 * goes back in the order (as-of, generation, events), none is missing once it was there, and each
 * is what the first lines of both partitions say at its as-of.
 *
 * <p>It also lets most of a key's life pass, of one key after the other: the next write has to give
 * it a whole one.
 */
final class WritersWitness implements AutoCloseable {
  /** What is left of a life: more than a write can take to come. */
  private static final long REST_MILLIS = 600_000;

  private final CutSetup setup;
  private final List<Long> customers;
  private final Random random;
  private final List<PrefixTruth> truths = new ArrayList<>();
  private final Map<Place, OnlineVector> last = new HashMap<>();

  /** By Redis key, what stood in a view when most of its life had passed. */
  private final Map<String, Shortened> shortened = new HashMap<>();

  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final SortedSet<Long> generations = new ConcurrentSkipListSet<>();
  private final Thread thread;
  private volatile boolean stopped;
  private volatile long reads;
  private volatile long renewals;

  private record Place(int view, long customer) {}

  private record Shortened(Place place, OnlineVector before) {}

  WritersWitness(CutSetup setup, long seed) {
    this.setup = setup;
    this.random = new Random(seed);
    this.customers =
        setup.log().lines().stream().map(CutLog.Line::customer).distinct().sorted().toList();
    for (int i = 0; i < setup.copies(); i++) {
      truths.add(new PrefixTruth(setup.log(), setup.view(i)));
    }
    thread = new Thread(this::watch, "witness");
    thread.start();
  }

  private void watch() {
    Deployment deployment = setup.deployment();
    try (RedisReader reader = new RedisReader(deployment.redisOptions());
        RedisClient admin =
            RedisClient.create(deployment.redis().host(), deployment.redis().port())) {
      while (!stopped) {
        for (int view = 0; view < setup.copies(); view++) {
          look(reader, admin, view);
        }
        shorten(reader, admin);
      }
    } catch (RuntimeException e) {
      wrong.add(e.toString());
    }
  }

  private void look(RedisReader reader, RedisClient admin, int view) {
    List<Object[]> keys = customers.stream().map(id -> new Object[] {id}).toList();
    List<Optional<OnlineVector>> found = reader.read(setup.layout(view), keys);
    for (int i = 0; i < found.size(); i++) {
      Place place = new Place(view, customers.get(i));
      OnlineVector before = last.get(place);
      if (found.get(i).isPresent()) {
        look(place, before, found.get(i).get());
        checkLife(admin, place, found.get(i).get());
      } else if (before != null) {
        wrong.add("%s has vanished, was %s".formatted(place, GenerationWitness.text(before)));
      }
      reads++;
    }
  }

  private void look(Place place, OnlineVector before, OnlineVector vector) {
    int order = before == null ? -1 : GenerationWitness.ORDER.compare(before, vector);
    if (order > 0) {
      wrong.add(
          "%s went back from %s to %s"
              .formatted(place, GenerationWitness.text(before), GenerationWitness.text(vector)));
    }
    if (order != 0 && !truths.get(place.view()).holds(place.customer(), vector, false)) {
      wrong.add("%s: not true: %s".formatted(place, GenerationWitness.text(vector)));
    }
    if (order == 0 && !Arrays.equals(before.values(), vector.values())) {
      wrong.add(
          "%s: another one of one order: %s".formatted(place, GenerationWitness.text(vector)));
    }
    generations.add(vector.generation());
    last.put(place, vector);
  }

  private void checkLife(RedisClient admin, Place place, OnlineVector vector) {
    byte[] key = key(place);
    Shortened then = shortened.get(Arrays.toString(key));
    if (then == null
        || !then.place().equals(place)
        || GenerationWitness.ORDER.compare(then.before(), vector) >= 0) {
      return;
    }
    long left = admin.pttl(key);
    if (left <= REST_MILLIS) {
      wrong.add("%s was written and has %d ms to live".formatted(place, left));
    }
    shortened.remove(Arrays.toString(key));
    renewals++;
  }

  private void shorten(RedisReader reader, RedisClient admin) {
    Place place =
        new Place(random.nextInt(setup.copies()), customers.get(random.nextInt(customers.size())));
    byte[] key = key(place);
    if (admin.pexpire(key, REST_MILLIS) == 1) {
      reader
          .read(setup.layout(place.view()), new Object[] {place.customer()})
          .ifPresentOrElse(
              vector -> shortened.put(Arrays.toString(key), new Shortened(place, vector)),
              () -> shortened.remove(Arrays.toString(key)));
    }
  }

  private byte[] key(Place place) {
    return setup.layout(place.view()).select(List.of()).redisKey(new Object[] {place.customer()});
  }

  /** How often a key was seen to live longer since it was written. */
  long renewals() {
    return renewals;
  }

  /** How often a vector was read. */
  long reads() {
    return reads;
  }

  /** The generations that were seen. */
  SortedSet<Long> generations() {
    return generations;
  }

  void assertNothingWrong() {
    assertThat(wrong.stream().limit(5)).as("%d times wrong", wrong.size()).isEmpty();
  }

  /** To be called when all has been written: each vector is of all lines, whoever wrote it. */
  void assertComplete() {
    List<String> incomplete = new ArrayList<>();
    try (RedisReader reader = setup.reader()) {
      for (int i = 0; i < setup.copies(); i++) {
        int view = i;
        for (long customer : customers) {
          Optional<OnlineVector> found = reader.read(setup.layout(view), new Object[] {customer});
          if (found.filter(vector -> isWhole(view, customer, vector)).isEmpty()) {
            incomplete.add(
                "%s: %s".formatted(new Place(view, customer), found.map(GenerationWitness::text)));
          }
        }
      }
    }
    assertThat(incomplete).isEmpty();
  }

  private boolean isWhole(int view, long customer, OnlineVector vector) {
    return truths.get(view).isWhole(customer, vector);
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
  }
}
