// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Answers the requests of one path. Thread-safe. */
@FunctionalInterface
interface Endpoint {
  /**
   * The answer. It may come later, and so may a failure, but not one that the request is to blame
   * for.
   *
   * @param body of the request; empty if it has none
   * @return fails with {@link io.tailwater.serving.OnlineStoreException} if the online store cannot
   *     be read
   * @throws ClientError if the request is wrong
   */
  CompletionStage<Reply> answer(byte[] body);

  /** One that has its answers at hand. */
  static Endpoint immediate(Function<byte[], Reply> answers) {
    return body -> CompletableFuture.completedFuture(answers.apply(body));
  }
}
