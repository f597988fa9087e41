// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

/** Answers the requests of one path. Thread-safe. */
@FunctionalInterface
interface Endpoint {
  /**
   * The answer.
   *
   * @param body of the request; empty if it has none
   * @throws ClientError if the request is wrong
   * @throws io.tailwater.serving.OnlineStoreException if the online store cannot be read
   */
  Reply answer(byte[] body);
}
