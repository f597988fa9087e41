// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.init;

import io.tailwater.aggregation.ValueType;
import io.tailwater.cli.console.CommandException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Chooses the fields that a source and a view cannot be without, or asks for them. */
final class FieldChoice {
  /** What people call the time of an event, the likeliest first. */
  private static final List<String> TIMES =
      List.of("event_time", "event_timestamp", "timestamp", "occurred_at", "created_at", "ts");

  /** Whom features are about, the likeliest first. */
  private static final List<String> KEYS =
      List.of("customer_id", "user_id", "account_id", "client_id", "member_id", "card_id");

  private static final Pattern TIME_NAME = Pattern.compile("(.*_)?(time|timestamp|ts|at|date)");
  private static final Pattern KEY_NAME = Pattern.compile("(.*_)?(id|key|code|no|number|sku)");

  private final Draft draft;

  FieldChoice(Draft draft) {
    this.draft = draft;
  }

  /**
   * The event's time.
   *
   * @param given by the user; null if not
   * @throws CommandException if there is none, or several and none is likelier, with all of them
   */
  DraftField eventTime(@Nullable String given) {
    if (given != null) {
      return given("--event-time", given, FieldChoice::mayBeTime);
    }
    List<DraftField> candidates = draft.fields().stream().filter(FieldChoice::isInstant).toList();
    if (candidates.isEmpty()) {
      candidates = draft.fields().stream().filter(FieldChoice::isNamedTime).toList();
    }
    return only("--event-time", "an event's time", candidates, TIMES);
  }

  /**
   * The entity's key.
   *
   * @param given as above
   * @param eventTime which is none
   * @throws CommandException as above
   */
  DraftField key(@Nullable String given, DraftField eventTime) {
    if (given != null) {
      return given("--key", given, FieldChoice::mayBeKey);
    }
    List<DraftField> candidates =
        draft.fields().stream()
            .filter(field -> !field.equals(eventTime))
            .filter(FieldChoice::isNamedKey)
            .filter(field -> !field.unique())
            .toList();
    return only("--key", "an entity's key", candidates, KEYS);
  }

  /** A field that tells the events apart, as far as the sample knows; empty if there is none. */
  Optional<DraftField> eventId(DraftField eventTime, DraftField key) {
    return draft.fields().stream()
        .filter(field -> !field.equals(eventTime) && !field.equals(key))
        .filter(field -> isNamedKey(field) && field.unique() && !field.nullable())
        .findFirst();
  }

  private DraftField given(String flag, String name, Predicate<DraftField> possible) {
    List<String> names = draft.fields().stream().filter(possible).map(DraftField::name).toList();
    if (!names.contains(name)) {
      throw new CommandException(
          "%s %s: found no such field that can be it, expected one of %s"
              .formatted(flag, name, String.join(", ", names)));
    }
    return draft.field(name);
  }

  private DraftField only(
      String flag, String what, List<DraftField> candidates, List<String> likely) {
    for (String name : likely) {
      for (DraftField candidate : candidates) {
        if (lower(candidate).equals(name)) {
          return candidate;
        }
      }
    }
    if (candidates.size() == 1) {
      return candidates.get(0);
    }
    throw new CommandException(
        "Which field is %s? Found %s, expected %s FIELD"
            .formatted(
                what,
                candidates.isEmpty()
                    ? "none by type and name among "
                        + String.join(", ", draft.fields().stream().map(DraftField::name).toList())
                    : String.join(", ", candidates.stream().map(DraftField::name).toList()),
                flag));
  }

  private static boolean isInstant(DraftField field) {
    boolean instant = field.type().equals(ValueType.TIMESTAMP) || !field.timeFormats().isEmpty();
    return instant && !field.nullable();
  }

  private static boolean isNamedTime(DraftField field) {
    return mayBeTime(field) && !field.nullable() && TIME_NAME.matcher(lower(field)).matches();
  }

  private static boolean mayBeTime(DraftField field) {
    return field.type().equals(ValueType.TIMESTAMP)
        || field.type().equals(ValueType.INT64)
        || field.type().equals(ValueType.STRING);
  }

  private static boolean mayBeKey(DraftField field) {
    return field.type().equals(ValueType.INT32)
        || field.type().equals(ValueType.INT64)
        || field.type().equals(ValueType.STRING)
        || field.type().equals(ValueType.BOOL);
  }

  static boolean isNamedKey(DraftField field) {
    return mayBeKey(field) && KEY_NAME.matcher(lower(field)).matches();
  }

  private static String lower(DraftField field) {
    return field.name().toLowerCase(Locale.ROOT);
  }
}
