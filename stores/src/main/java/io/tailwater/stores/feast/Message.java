// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.feast;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** The bytes of a Protocol Buffers message. */
final class Message {
  /** Most messages are a scalar; one that is larger is passed on in parts. */
  private static final int BUFFER_BYTES = 32;

  private Message() {}

  /** Writes the members of a message. */
  @FunctionalInterface
  interface Members {
    void write(CodedOutputStream out) throws IOException;
  }

  static byte[] of(Members members) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes, BUFFER_BYTES);
    members.write(out);
    out.flush();
    return bytes.toByteArray();
  }
}
