// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks.serving;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;

/** Asks by prepared bytes over a plain socket. */
final class SocketCaller implements Caller {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Socket socket = new Socket();
  private final byte[][] questions;
  private final Framing framing;
  private byte[] answer = new byte[1 << 16];
  private int length;

  SocketCaller(InetSocketAddress address, byte[][] questions, Framing framing) throws IOException {
    this.questions = questions;
    this.framing = framing;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(address, TIMEOUT_MILLIS);
  }

  @Override
  public void ask(int question) throws IOException {
    socket.getOutputStream().write(questions[question % questions.length]);
    length = 0;
    while (!framing.isWhole(answer, length)) {
      if (length == answer.length) {
        answer = Arrays.copyOf(answer, 2 * length);
      }
      int read = socket.getInputStream().read(answer, length, answer.length - length);
      if (read < 0) {
        throw new EOFException("the server closed the connection");
      }
      length += read;
    }
  }

  /** What the last answer said, without the head of HTTP. */
  String body() {
    return Framing.text(answer, length).substring(Framing.bodyOf(answer, length));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
