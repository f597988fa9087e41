// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.io.Serializable;

/** Where the events of a source come from in a run. */
public sealed interface SourceLocation extends Serializable
    permits KafkaLocation, KafkaRangeLocation, FileLocation, ArchiveLocation, HistoryLocation {}
