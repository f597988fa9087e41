// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

/** A process that holds a broker's process until it is killed, and says where its files are. */
final class KafkaHolder {
  private KafkaHolder() {}

  public static void main(String[] arguments) throws InterruptedException {
    KafkaProcess kafka = KafkaProcess.create();
    // The test that starts this process reads the line: the pipe is how the two talk.
    System.out.println(kafka.directory());
    Thread.currentThread().join();
  }
}
