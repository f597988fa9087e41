// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.layout.PatternLayout;

/** All that this process logs at INFO and above, with the stack traces. */
final class CapturedLog extends AbstractAppender implements AutoCloseable {
  private static final PatternLayout LAYOUT =
      PatternLayout.newBuilder().withPattern("%p %c - %m%n%xEx").build();

  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
  private final Level before = root().getLevel();
  private final Queue<String> events = new ConcurrentLinkedQueue<>();

  CapturedLog() {
    super("captured", null, LAYOUT, false, Property.EMPTY_ARRAY);
    start();
    root().addAppender(this, Level.INFO, null);
    root().setLevel(Level.INFO);
    context.updateLoggers();
  }

  private LoggerConfig root() {
    return context.getConfiguration().getRootLogger();
  }

  @Override
  public void append(LogEvent event) {
    events.add(LAYOUT.toSerializable(event));
  }

  Queue<String> events() {
    return events;
  }

  boolean contains(String text) {
    return events.stream().anyMatch(event -> event.contains(text));
  }

  @Override
  public void close() {
    root().removeAppender("captured");
    root().setLevel(before);
    context.updateLoggers();
  }
}
