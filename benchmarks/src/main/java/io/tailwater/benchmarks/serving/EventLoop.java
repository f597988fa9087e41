// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks.serving;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * Connections that ask again as soon as they have their answer, all of them on one thread, as
 * {@code redis-benchmark} has them: threads that are woken for each answer would take the processor
 * from what is measured.
 */
final class EventLoop {
  private static final int WAIT_MILLIS = 1_000;
  private static final int ANSWER_BYTES = 1 << 18;

  private final InetSocketAddress server;
  private final byte[][] questions;
  private final Framing framing;
  private int asked;
  private int answered;

  EventLoop(InetSocketAddress server, byte[][] questions, Framing framing) {
    this.server = server;
    this.questions = questions;
    this.framing = framing;
  }

  /** Requests answered in a second. */
  double run(int connections, Duration length) throws IOException {
    try (Selector selector = Selector.open()) {
      try {
        for (int i = 0; i < connections; i++) {
          connect(selector);
        }
        long start = System.nanoTime();
        while (System.nanoTime() - start < length.toNanos()) {
          selector.select(WAIT_MILLIS);
          for (SelectionKey ready : selector.selectedKeys()) {
            read((SocketChannel) ready.channel(), (Answer) ready.attachment());
          }
          selector.selectedKeys().clear();
        }
        return answered * 1e9 / (System.nanoTime() - start);
      } finally {
        for (SelectionKey key : selector.keys()) {
          key.channel().close();
        }
      }
    }
  }

  private void connect(Selector selector) throws IOException {
    SocketChannel channel = SocketChannel.open(server);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, new Answer());
    ask(channel);
  }

  private void read(SocketChannel channel, Answer answer) throws IOException {
    if (channel.read(answer.buffer) < 0) {
      throw new EOFException("the server closed the connection");
    }
    if (framing.isWhole(answer.bytes, answer.buffer.position())) {
      answered++;
      answer.buffer.clear();
      ask(channel);
    }
  }

  /** A question is so short that the socket takes all of it. */
  private void ask(SocketChannel channel) throws IOException {
    ByteBuffer question = ByteBuffer.wrap(questions[asked++ % questions.length]);
    channel.write(question);
    if (question.hasRemaining()) {
      throw new IOException(
          "the socket does not take a request of %d bytes".formatted(question.limit()));
    }
  }

  /** What has come of a connection's answer. */
  private static final class Answer {
    private final byte[] bytes = new byte[ANSWER_BYTES];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
  }
}
