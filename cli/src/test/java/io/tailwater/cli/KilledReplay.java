// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.deadletters.DeadLetterReplay;
import io.tailwater.jobs.deadletters.DeadLetterTopics;
import io.tailwater.jobs.deadletters.LetterFilter;
import io.tailwater.jobs.deadletters.ReplayOptions;
import io.tailwater.jobs.source.EventClock;
import io.tailwater.jobs.source.KafkaLocation;
import java.nio.file.Path;
import java.util.Set;

/** A process that dies between sending a batch and committing it. */
final class KilledReplay {
  static final int EXIT_CODE = 137;

  private KilledReplay() {}

  /** Takes the definitions, the broker, and how many records are sent before the end. */
  public static void main(String[] arguments) throws Exception {
    long last = Long.parseLong(arguments[2]);
    DeadLetterTopics topics =
        DeadLetterTopics.of(
            ProjectLoader.load(Path.of(arguments[0])),
            Settings.DEFAULT,
            KafkaLocation.of(arguments[1]),
            Set.of());
    new DeadLetterReplay(
            topics,
            new ReplayOptions(LetterFilter.ALL, 1, false),
            EventClock.system(),
            sent -> {
              if (sent >= last) {
                Runtime.getRuntime().halt(EXIT_CODE);
              }
            })
        .run();
  }
}
