// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

/** A process that holds a PostgreSQL server until it is killed, and says where its files are. */
final class PostgresHolder {
  private PostgresHolder() {}

  public static void main(String[] arguments) throws InterruptedException {
    EmbeddedPostgres postgres = EmbeddedPostgres.create();
    // The test that starts this process reads the line: the pipe is how the two talk.
    System.out.println(postgres.directory());
    Thread.currentThread().join();
  }
}
