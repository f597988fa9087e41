// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.replay;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * An entity's key as a key of maps.
 *
 * @param parts the join keys' values, bytes so that they are equal by content
 */
record KeyIdentity(List<Object> parts) {
  static KeyIdentity of(Object[] key) {
    return new KeyIdentity(
        Arrays.stream(key)
            .map(part -> part instanceof byte[] bytes ? (Object) ByteBuffer.wrap(bytes) : part)
            .toList());
  }
}
