// SPDX-License-Identifier: Apache-2.0
/** What a Flink cluster is given: the JAR and the configuration. */
@NullMarked
package io.tailwater.jobs.cluster;

import org.jspecify.annotations.NullMarked;
