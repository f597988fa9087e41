// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.registry;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a registry answers to a request that it understands.
 *
 * @param found whether it has what was asked for
 * @param body a JSON object: what was asked for, or {@code error_code} and {@code message}
 */
record RegistryReply(boolean found, JsonNode body) {
  /** The registry's words for what it does not have. */
  String problem() {
    return "error %d: %s"
        .formatted(body.path("error_code").asInt(), body.path("message").asText("without a word"));
  }
}
