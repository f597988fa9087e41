// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.verify;

import io.tailwater.cli.console.CommandException;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.replay.ReplayEvent;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.topology.BackfillInputs;
import io.tailwater.jobs.topology.LiveHistory;
import io.tailwater.stores.redis.RedisOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.iceberg.flink.CatalogLoader;
import org.jspecify.annotations.Nullable;

/** Compares a sample of a project's entities with both stores, while a stream goes on or not. */
public final class VerifyRun {
  /** Looks at the stores before a difference is one. */
  private static final int ROUNDS = 3;

  private static final long POLL_MILLIS = 200;

  private final Options options;
  private final LiveHistory history;
  private final StoresReader stores;
  private final List<ViewVerification> views = new ArrayList<>();
  private final Consumer<String> progress;

  /**
   * What is verified, and how.
   *
   * @param project with the views that are
   * @param inputs where events are read
   * @param redis null if it is not read
   * @param catalog null if it is not read
   * @param sample how many entities of each view at most
   * @param seed another one draws another sample
   * @param patience how long to wait for the next commit of a table that a stream writes
   */
  public record Options(
      Project project,
      Settings settings,
      BackfillInputs inputs,
      @Nullable RedisOptions redis,
      @Nullable CatalogLoader catalog,
      int sample,
      long seed,
      Duration patience) {}

  /**
   * @param progress hears what is being done
   */
  public VerifyRun(Options options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
    try {
      this.history = new LiveHistory(options.project(), options.settings(), options.inputs());
    } catch (IllegalArgumentException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
    this.stores = new StoresReader(options.project().name(), options.redis(), options.catalog());
    for (FeatureView view : options.project().views()) {
      views.add(new ViewVerification(view, new EntitySample(options.sample(), options.seed())));
    }
  }

  /**
   * Verifies.
   *
   * @throws CommandException if a source or a store cannot be read
   */
  public VerifyReport run() throws InterruptedException {
    try {
      progress.accept("reading events");
      history.begin(this::take);
      views.forEach(ViewVerification::drawn);
      for (int round = 1; round <= ROUNDS && !isSettled(); round++) {
        look(round);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandException("Cannot read the events: %s".formatted(e.getMessage()), e);
    }
    return new VerifyReport(options.project(), options.seed(), views);
  }

  private boolean isSettled() {
    return views.stream().allMatch(ViewVerification::isSettled);
  }

  private void take(ReplayEvent event) {
    views.forEach(view -> view.add(event));
  }

  /**
   * The order is what makes it right beside a stream that goes on: first how far the stream has
   * come for sure, then the stores, then the events that they may have got meanwhile.
   */
  private void look(int round) throws IOException, InterruptedException {
    Map<String, Map<Integer, Long>> processed = history.processed();
    if (!processed.isEmpty()) {
      progress.accept("waiting for the tables' next commits");
      awaitCommits();
    }
    progress.accept("reading the stores, round %d".formatted(round));
    for (ViewVerification view : views) {
      if (!view.isSettled()) {
        view.read(stores);
      }
    }
    history.readOn(this::take);
    StreamPosition stream = new StreamPosition(processed, history.refusals());
    for (ViewVerification view : views) {
      if (!view.isSettled()) {
        view.compare(stream, history.knownFrom());
      }
    }
  }

  /**
   * What a complete checkpoint holds is committed to the tables right after it: at the latest with
   * the next commit, and if none comes there was nothing to commit.
   */
  private void awaitCommits() throws InterruptedException {
    Map<ViewVerification, Long> before = new HashMap<>();
    for (ViewVerification view : views) {
      Long commit = view.isSettled() ? null : stores.commit(view.view());
      if (commit != null) {
        before.put(view, commit);
      }
    }
    long deadline = System.nanoTime() + options.patience().toNanos();
    while (!before.isEmpty() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      before
          .entrySet()
          .removeIf(
              entry -> !Objects.equals(stores.commit(entry.getKey().view()), entry.getValue()));
    }
  }
}
