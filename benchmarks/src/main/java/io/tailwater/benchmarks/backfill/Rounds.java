// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks.backfill;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * Measures a contender from inside its own JVM: each round's time and CPU, and the peaks of memory
 * of the whole process. Prints lines that {@link ChildJvm} reads. Needs nothing but the JDK, so
 * that it runs beside Spark's classes.
 */
public final class Rounds {
  /** A line is {@code ROUND seconds cpuMicros}. */
  static final String ROUND = "round-of-contender";

  /** A line is {@code PEAK heapBytesAfterCollections residentBytes}. */
  static final String PEAK = "peak-of-contender";

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK_RESIDENT = "VmHWM:";
  private static final long KIB = 1024;

  private Rounds() {}

  /** What is measured. */
  @FunctionalInterface
  public interface Contender {
    /**
     * Backfills the whole history.
     *
     * @param output a folder that is not there yet
     */
    void run(Path output) throws Exception;
  }

  /**
   * Runs the contender {@code rounds} times, into {@code 1}, {@code 2} … in the folder.
   *
   * @throws Exception what the contender throws
   */
  @SuppressWarnings("SystemOut") // it is how the parent learns
  public static void measure(int rounds, Path folder, Contender contender) throws Exception {
    AtomicLong heap = watchHeap();
    for (int round = 1; round <= rounds; round++) {
      long cpu = cpuNanos();
      long start = System.nanoTime();
      contender.run(folder.resolve(String.valueOf(round)));
      double seconds = (System.nanoTime() - start) / 1e9;
      double micros = (cpuNanos() - cpu) / 1e3;
      System.out.printf(Locale.ROOT, "%s %.3f %.0f%n", ROUND, seconds, micros);
    }
    System.out.printf("%s %d %d%n", PEAK, heap.get(), peakResident());
    System.out.flush();
  }

  /** The most that was on the heap right after a collection. */
  private static AtomicLong watchHeap() {
    Set<String> pools =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toSet());
    AtomicLong peak = new AtomicLong();
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener(
              (notification, handback) ->
                  peak.accumulateAndGet(afterCollection(notification, pools), Math::max),
              null,
              null);
    }
    return peak;
  }

  private static long afterCollection(Notification notification, Set<String> pools) {
    if (!notification
        .getType()
        .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
      return 0;
    }
    return GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
        .getGcInfo()
        .getMemoryUsageAfterGc()
        .entrySet()
        .stream()
        .filter(pool -> pools.contains(pool.getKey()))
        .mapToLong(pool -> pool.getValue().getUsed())
        .sum();
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** Of the whole process, what is outside the heap included; 0 where there is no Linux. */
  private static long peakResident() throws IOException {
    if (!Files.exists(STATUS)) {
      return 0;
    }
    List<String> lines = Files.readAllLines(STATUS);
    return lines.stream()
        .filter(line -> line.startsWith(PEAK_RESIDENT))
        .mapToLong(line -> KIB * Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }
}
