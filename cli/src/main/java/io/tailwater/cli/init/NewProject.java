// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.init;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import io.tailwater.cli.console.CommandException;
import io.tailwater.definitions.DefinitionException;
import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.SettingsLoader;
import io.tailwater.definitions.model.EventSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A project that is made of a sample or a schema. */
public final class NewProject {
  private final Path folder;
  private final SourceDraft source;

  private NewProject(Path folder, SourceDraft source) {
    this.folder = folder;
    this.source = source;
  }

  /**
   * What the user says of the fields; null where it is to be found out.
   *
   * @param name the source's
   * @param eventTime the field of the event's time
   * @param timeFormat how its text is written
   * @param key the field of the entity's key
   * @param eventId fields that tell events apart; empty to find them out
   */
  public record Wishes(
      @Nullable String name,
      @Nullable String eventTime,
      @Nullable String timeFormat,
      @Nullable String key,
      List<String> eventId) {
    public Wishes {
      eventId = List.copyOf(eventId);
    }
  }

  /**
   * Of a sample of events, which is read to its end.
   *
   * @throws CommandException if it cannot be read, or something has to be said that is not
   */
  public static NewProject ofSample(Path folder, Path sample, Wishes wishes) {
    return of(folder, sample, Draft.ofSample(sample), wishes);
  }

  /**
   * Of an Avro schema.
   *
   * @throws CommandException as above
   */
  public static NewProject ofSchema(Path folder, Path schema, Wishes wishes) {
    return of(folder, schema, AvroDraft.of(schema), wishes);
  }

  private static NewProject of(Path folder, Path file, Draft draft, Wishes wishes) {
    FieldChoice choice = new FieldChoice(draft);
    DraftField time = choice.eventTime(wishes.eventTime());
    DraftField key = choice.key(wishes.key(), time);
    List<String> id = wishes.eventId();
    for (String part : id) {
      if (draft.fields().stream().noneMatch(field -> field.name().equals(part))) {
        throw new CommandException(
            "--event-id %s: found no such field, expected some of %s"
                .formatted(
                    part,
                    String.join(", ", draft.fields().stream().map(DraftField::name).toList())));
      }
    }
    if (id.isEmpty()) {
      id = List.of(choice.eventId(time, key).map(DraftField::name).orElse(EventSource.POSITION));
    }
    String name = wishes.name() == null ? file.getFileName().toString() : wishes.name();
    String bare = name.replaceFirst("(\\.csv|\\.jsonl|\\.avsc)(\\.gz)?$", "");
    Path absolute = folder.toAbsolutePath().normalize();
    String project = absolute.getFileName() == null ? "project" : absolute.getFileName().toString();
    return new NewProject(
        folder,
        new SourceDraft(
            SourceDraft.nameOf(project),
            SourceDraft.nameOf(bare),
            draft,
            time,
            format(time, wishes.timeFormat()),
            id,
            key));
  }

  private static @Nullable String format(DraftField time, @Nullable String given) {
    if (given != null || !time.type().equals(ValueType.STRING)) {
      return given;
    }
    if (time.timeFormats().size() > 1) {
      throw new CommandException(
          "How is '%s' written? Its values fit %s, expected --event-time-format PATTERN"
              .formatted(time.name(), String.join(" and ", time.timeFormats())));
    }
    return time.timeFormats().isEmpty() ? null : time.timeFormats().get(0);
  }

  /**
   * Writes the files, none of which may be there.
   *
   * @throws CommandException if one is, or cannot be written
   */
  public void write() {
    ProjectText text = new ProjectText(source);
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(folder.resolve(source.project() + ".yaml"), text.definitions());
    files.put(folder.resolve(source.name() + ".avsc"), text.schema());
    files.put(folder.resolve(SettingsLoader.FILE_NAME), text.settings());
    for (Path file : files.keySet()) {
      if (Files.exists(file)) {
        throw new CommandException(
            "%s is there already: name a new folder, or remove it".formatted(file));
      }
    }
    try {
      Files.createDirectories(folder);
      for (Map.Entry<Path, String> file : files.entrySet()) {
        Files.writeString(file.getKey(), file.getValue());
      }
    } catch (IOException e) {
      throw new CommandException("Cannot write to %s (%s)".formatted(folder, e), e);
    }
    try {
      requireNonNull(ProjectLoader.load(folder));
    } catch (DefinitionException e) {
      throw new CommandException(
          "%s is written, but needs an edit:%n%s".formatted(folder, e.getMessage()), e);
    }
  }

  /**
   * What was chosen, and what to do next.
   *
   * @param sample where the events are; null if there is a schema only
   */
  public List<String> lines(@Nullable Path sample) {
    List<String> lines = new ArrayList<>();
    Draft draft = source.draft();
    lines.add(
        "Project %s in %s: source %s, entity %s, view %s_activity."
            .formatted(source.project(), folder, source.name(), source.entity(), source.entity()));
    if (draft.records() != null) {
      lines.add("Read %,d records of %s.".formatted(draft.records(), sample));
    }
    String format = source.timeFormat() == null ? "" : " as " + source.timeFormat();
    lines.add("  event time  %s%s  (--event-time)".formatted(source.eventTime().name(), format));
    lines.add("  key         %s  (--key)".formatted(source.key().name()));
    lines.add("  event id    %s  (--event-id)".formatted(String.join(", ", source.eventId())));
    if (!draft.leftOut().isEmpty()) {
      lines.add(
          "  left out    %s: arrays and objects".formatted(String.join(", ", draft.leftOut())));
    }
    lines.add("Next, with a Redis at hand:");
    lines.add(
        "  tailwater stream --definitions %s%s --redis HOST:PORT"
            .formatted(
                folder, sample == null ? "" : " --source %s=%s".formatted(source.name(), sample)));
    return lines;
  }
}
