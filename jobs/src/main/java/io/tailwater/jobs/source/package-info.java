// SPDX-License-Identifier: Apache-2.0
/** From Kafka and files to decoded events with watermarks. */
@NullMarked
package io.tailwater.jobs.source;

import org.jspecify.annotations.NullMarked;
