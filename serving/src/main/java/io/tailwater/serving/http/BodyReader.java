// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Reads the body of a request, without a thread that waits for it: clients that send theirs slowly
 * hold up nobody.
 *
 * <p>A body that is too long is not kept, but read on to its end as long as that is near: a client
 * that still sends when the connection is closed would not see the answer.
 */
final class BodyReader implements Runnable {
  /** So many times as long as may be, what is too long is read to its end. */
  private static final int NEAR = 8;

  private final Content.Source source;
  private final int maxBytes;
  private final Consumer<byte[]> whole;
  private final Runnable tooLong;
  private final Runnable broken;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private long length;

  /**
   * A reader, which calls one of the last three once.
   *
   * @param whole hears the body
   * @param tooLong runs where it is longer than {@code maxBytes}
   * @param broken runs where it does not come to an end
   */
  BodyReader(
      Content.Source source,
      int maxBytes,
      Consumer<byte[]> whole,
      Runnable tooLong,
      Runnable broken) {
    this.source = source;
    this.maxBytes = maxBytes;
    this.whole = whole;
    this.tooLong = tooLong;
    this.broken = broken;
  }

  /** Reads what has come; runs again when there is more. */
  @Override
  public void run() {
    for (Content.Chunk chunk = source.read(); chunk != null; chunk = source.read()) {
      if (Content.Chunk.isFailure(chunk)) {
        source.fail(chunk.getFailure());
        broken.run();
        return;
      }
      take(chunk.getByteBuffer());
      boolean last = chunk.isLast();
      chunk.release();
      if (last || length > (long) NEAR * maxBytes) {
        end();
        return;
      }
    }
    source.demand(this);
  }

  private void take(ByteBuffer bytes) {
    length += bytes.remaining();
    if (length <= maxBytes) {
      body.writeBytes(BufferUtil.toArray(bytes));
    }
  }

  private void end() {
    if (length > maxBytes) {
      tooLong.run();
    } else {
      whole.accept(body.toByteArray());
    }
  }
}
