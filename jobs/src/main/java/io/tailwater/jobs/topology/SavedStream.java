// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.jobs.view.Completeness;
import io.tailwater.jobs.view.NewestEvent;
import io.tailwater.jobs.view.SavedView;
import io.tailwater.jobs.view.ViewStreams;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream that a savepoint or checkpoint is of, and what of it goes on: its definitions may be
 * others than those that are deployed now.
 */
final class SavedStream {
  private static final Logger LOG = LoggerFactory.getLogger(SavedStream.class);
  private static final String METADATA = "_metadata";

  /** What uids of operators of a view begin with; those of a sink's parts have it inside. */
  private static final String OF_VIEWS = "windows|online|offline|project";

  private static final String OF_SOURCES =
      "source|times|decode|progress|seam|undecodable|archive|archive-rows|dead-letters";

  private final String path;
  private final Collection<OperatorState> operators;
  private final Set<String> uids = new HashSet<>();
  private final Map<String, SavedView> views;

  private SavedStream(String path, Collection<OperatorState> operators) throws IOException {
    this.path = path;
    this.operators = operators;
    operators.forEach(operator -> uids.add(operator.getOperatorUid().orElse("")));
    this.views = SavedView.read(operators);
  }

  /**
   * Reads its metadata.
   *
   * @param path the folder of a savepoint or checkpoint, or the file of its metadata; a URI
   * @throws IOException if it is none
   */
  static SavedStream read(String path) throws IOException {
    Path folder = new Path(path);
    Path file =
        folder.getFileSystem().getFileStatus(folder).isDir() ? new Path(folder, METADATA) : folder;
    ClassLoader loader = SavedStream.class.getClassLoader();
    try (DataInputStream in = new DataInputStream(file.getFileSystem().open(file))) {
      return new SavedStream(
          path, Checkpoints.loadCheckpointMetadata(in, loader, path).getOperatorStates());
    }
  }

  /** The views of which it has state, by their names. */
  Map<String, SavedView> views() {
    return views;
  }

  /**
   * Refuses definitions that the state cannot go on with.
   *
   * @throws IllegalArgumentException saying why, and what to do instead
   */
  void check(Project project) {
    List<String> refusals = new ArrayList<>();
    for (FeatureView view : project.views()) {
      SavedView saved = views.get(view.name());
      if (saved != null) {
        saved.refusals(view).forEach(refusal -> refusals.add(view.name() + ": " + refusal));
      }
    }
    if (!refusals.isEmpty()) {
      throw new IllegalArgumentException(
          "--from-savepoint %s: the stream cannot go on with these definitions. %s"
              .formatted(path, String.join(". ", refusals)));
    }
  }

  /** Whether the stream has read a source before. */
  boolean reads(EventSource source) {
    return uids.contains("source-" + source.name());
  }

  /**
   * From when on a definition that begins now knows the events of a source that the stream has read
   * before: after the newest one of these.
   *
   * @throws IOException if the savepoint cannot be read
   */
  OptionalLong knownFrom(EventSource source) throws IOException {
    OptionalLong newest = NewestEvent.read(operators, views.keySet(), source.name());
    if (newest.isEmpty()) {
      return newest;
    }
    // Of a source that was silent its views know what they knew when they began.
    long from = newest.getAsLong() == Long.MIN_VALUE ? Completeness.ALWAYS : newest.getAsLong() + 1;
    for (SavedView view : views.values()) {
      from = Math.max(from, view.knownFrom(source.name()));
    }
    return OptionalLong.of(from);
  }

  /**
   * Lets Flink forget the state of views and sources that are not defined any more, and of nothing
   * else: state that is missing for another reason has to stop the start.
   *
   * @param env with the whole graph
   */
  void forgetDropped(StreamExecutionEnvironment env, Project project) {
    if (uids.stream().noneMatch(uid -> isDropped(uid, project))) {
      return;
    }
    Set<String> unclaimed = new HashSet<>(uids);
    for (StreamNode node : env.getStreamGraph(false).getStreamNodes()) {
      Optional.ofNullable(node.getTransformationUID()).ifPresent(unclaimed::remove);
    }
    unclaimed.remove("");
    if (!unclaimed.isEmpty() && unclaimed.stream().allMatch(uid -> isDropped(uid, project))) {
      LOG.warn(
          "{}: the state of {} is dropped, since the definitions do not have these any more",
          path,
          unclaimed);
      Configuration configuration = new Configuration();
      configuration.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
      env.configure(configuration);
    }
  }

  private boolean isDropped(String uid, Project project) {
    for (Map.Entry<String, SavedView> saved : views.entrySet()) {
      Optional<FeatureView> view =
          project.views().stream().filter(v -> v.name().equals(saved.getKey())).findFirst();
      if (view.isEmpty() && names(uid, OF_VIEWS, saved.getKey())) {
        return true;
      }
      for (String source : saved.getValue().sources()) {
        boolean dropped =
            view.map(v -> v.inputOf(source) < 0).orElse(false)
                && uid.equals(ViewStreams.projectionUid(saved.getKey(), source));
        if (dropped || (!isRead(project, source) && names(uid, OF_SOURCES, source))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isRead(Project project, String source) {
    return project.sources().stream()
        .anyMatch(
            each ->
                each.name().equals(source)
                    && (each.archive() || project.readSources().contains(each)));
  }

  /** Whether a uid is of a view or source: what it is of, and the name as a whole part of it. */
  private static boolean names(String uid, String kinds, String name) {
    return Pattern.compile(
            "(^|[^A-Za-z0-9_])(%s)-%s($|[^A-Za-z0-9_])".formatted(kinds, Pattern.quote(name)))
        .matcher(uid)
        .find();
  }
}
