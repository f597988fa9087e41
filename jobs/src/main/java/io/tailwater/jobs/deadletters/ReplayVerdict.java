// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.deadletters;

/** What a replay makes of a dead letter; in the order in which the checks run. */
public enum ReplayVerdict {
  /** Of a source that the project does not have, or does not read from Kafka. */
  OTHER_SOURCE("of no Kafka source of this project"),
  /** A file's or an archive's, or a tombstone: there are no bytes to send. */
  NO_BYTES("without bytes, or not from Kafka"),
  /** Its record has been replayed already, by this run or an earlier one. */
  ALREADY_REPLAYED("replayed already"),
  /** Its record has been replayed as often as allowed, and was refused again. */
  EXHAUSTED("refused again after a replay; --max-replays allows more"),
  /** It was too late, and would be later still. */
  TOO_LATE("too late, and would be again: `tailwater backfill` puts them into the offline table"),
  /** Another event of the same id and time counts. */
  CONFLICTING("of an event that came with other content too, which would lose again"),
  /** Its time is still beyond the clock. */
  STILL_FUTURE("still of the future"),
  /** Its record is sent to the source's topic once more. */
  REPLAYED("replayed");

  private final String text;

  ReplayVerdict(String text) {
    this.text = text;
  }

  /** In words. */
  public String text() {
    return text;
  }
}
