// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Project;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;

/** What a test demands of a checkpoint or savepoint before a job goes on from it. */
final class SavepointCheck {
  private SavepointCheck() {}

  /**
   * Flink keeps no state of an operator all of whose subtasks have ended, and so no counts of it:
   * from such a savepoint the accounting cannot be right.
   *
   * @param savepoint its folder, a URI
   */
  static void everySourceGoesOn(String savepoint, Project project) throws IOException {
    Path metadata = Path.of(URI.create(savepoint)).resolve("_metadata");
    try (DataInputStream in = new DataInputStream(Files.newInputStream(metadata))) {
      ClassLoader loader = SavepointCheck.class.getClassLoader();
      var operators = Checkpoints.loadCheckpointMetadata(in, loader, savepoint).getOperatorStates();
      for (EventSource source : project.readSources()) {
        String uid = "source-" + source.name();
        Optional<OperatorState> state =
            operators.stream()
                .filter(operator -> operator.getOperatorUid().filter(uid::equals).isPresent())
                .findFirst();
        assertThat(state).as("state of %s in %s", uid, savepoint).isPresent();
        assertThat(state.orElseThrow().isFullyFinished())
            .as("%s has ended before %s, and its counts are lost", uid, savepoint)
            .isFalse();
      }
    }
  }
}
