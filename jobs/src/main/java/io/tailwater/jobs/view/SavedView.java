// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.program.LoggedView;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorState;

/**
 * What a savepoint says about a view's windows, read of its metadata and of a few bytes beside it:
 * before anything is restored.
 */
public final class SavedView {
  /** More than any definition takes. */
  private static final int MAX_BYTES = 1 << 24;

  private final ViewVersion version;
  private final long newest;

  private SavedView(ViewVersion version, long newest) {
    this.version = version;
    this.newest = newest;
  }

  /**
   * Reads what operators' states say of views, by their names.
   *
   * @throws IOException if it cannot be read
   */
  public static Map<String, SavedView> read(Iterable<OperatorState> operators) throws IOException {
    Map<String, SavedView> views = new LinkedHashMap<>();
    for (OperatorState operator : operators) {
      String uid = operator.getOperatorUid().orElse("");
      if (uid.startsWith(ViewStreams.WINDOWS)) {
        List<byte[]> entries =
            SavedEntries.read(operator, VersionState.descriptor().getName(), SavedView::bytes);
        if (!entries.isEmpty()) {
          views.put(uid.substring(ViewStreams.WINDOWS.length()), of(entries));
        }
      }
    }
    return views;
  }

  private static SavedView of(List<byte[]> entries) throws IOException {
    long newest = Long.MIN_VALUE;
    for (byte[] entry : entries) {
      newest = Math.max(newest, VersionState.newestIn(entry));
    }
    return new SavedView(VersionState.versionIn(entries.get(0)), newest);
  }

  /** As Flink's serializer of byte arrays writes them. */
  private static byte[] bytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException(
          "The state of a view cannot be read: found %d bytes, expected at most %d; a savepoint is read if it was made with execution.checkpointing.snapshot-compression: false"
              .formatted(length, MAX_BYTES));
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  /** The definition that the state is of. */
  public LoggedView definition() {
    return version.view();
  }

  /** The names of the sources that it was computed from. */
  public List<String> sources() {
    return version.view().inputs().stream().map(input -> input.source()).toList();
  }

  /**
   * From when on the view knows the events of one of its sources, in milliseconds since the epoch;
   * {@link Completeness#ALWAYS} too if it does not read it.
   */
  public long knownFrom(String source) {
    int input = sources().indexOf(source);
    return input < 0 ? Completeness.ALWAYS : version.inputsFrom().get(input);
  }

  /**
   * The first fully known instant of each stored feature by its name, in milliseconds since the
   * epoch; see {@link Completeness}.
   */
  public Map<String, Long> completeFrom() {
    return version.completeFromByFeature();
  }

  /**
   * Why the state cannot become one of a definition, with what to do instead; empty if it can.
   *
   * @param view of the same name
   */
  public List<String> refusals(FeatureView view) {
    return new ViewEvolution(
            version, requireNonNull(view, "view is null"), newest, Long.MIN_VALUE, Map.of())
        .refusals();
  }
}
