// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;

/** What Flink's restart strategies make of failures. */
public final class FlinkRestarts {
  private FlinkRestarts() {}

  /** Asks as {@code ExecutionFailureHandler} does, of the failure as a task passes it on. */
  public static void areOfNoUseAfter(Throwable failure) {
    assertThat(
            ThrowableClassifier.findThrowableOfThrowableType(
                new IOException("a task failed", failure), ThrowableType.NonRecoverableError))
        .containsSame(failure);
  }
}
