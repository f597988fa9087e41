// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.explain;

/** What a store says, against the recomputation. */
enum Verdict {
  /** The same value. */
  AGREES("agrees"),
  /** The same as with the events that the stream has refused: a backfill has taken them. */
  AGREES_WITH_REFUSED("agrees with all events, the refused ones too, as after healing"),
  /** Another value. */
  DIFFERS("DIFFERS"),
  /** Another value, at an instant that the store has not come to. */
  BEHIND("has not come that far"),
  /** The store has no value of one instant for all that the feature is made of. */
  NOT_COMPARABLE("cannot be compared"),
  /** The store was not read. */
  NOT_READ("was not read");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  /** In words. */
  String text() {
    return text;
  }
}
