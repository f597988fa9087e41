// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** Hears what a class logs at INFO. */
final class LoggedLines implements AutoCloseable {
  private final Logger logger;
  private final Level level;
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final AbstractAppender appender =
      new AbstractAppender("heard", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
          lines.add(event.getMessage().getFormattedMessage());
        }
      };

  private LoggedLines(Logger logger) {
    this.logger = logger;
    this.level = logger.getLevel();
  }

  static LoggedLines of(Class<?> type) {
    LoggedLines heard = new LoggedLines((Logger) LogManager.getLogger(type));
    heard.appender.start();
    heard.logger.addAppender(heard.appender);
    heard.logger.setLevel(Level.INFO);
    return heard;
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    logger.setLevel(level);
    logger.removeAppender(appender);
    appender.stop();
  }
}
