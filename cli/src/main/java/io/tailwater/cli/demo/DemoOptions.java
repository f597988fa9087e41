// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a demo run is asked for.
 *
 * @param events how many events the history has, about
 * @param seed of the synthetic stream
 * @param directory where definitions and warehouse go
 * @param report where the report goes as JSON; null for nowhere
 * @param keep whether to stay up when all is compared
 * @param ports where the services listen
 * @param pace of what one watches
 */
public record DemoOptions(
    int events,
    long seed,
    Path directory,
    @Nullable Path report,
    boolean keep,
    DemoPorts ports,
    Pace pace) {}
