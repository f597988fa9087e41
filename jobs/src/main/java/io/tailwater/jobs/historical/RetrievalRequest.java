// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical;

import io.tailwater.definitions.model.FeatureReference;
import io.tailwater.definitions.model.FeatureService;
import io.tailwater.definitions.model.FeatureService.AsOf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for.
 *
 * @param labels where the labels are
 * @param features which features; empty if those of a service
 * @param service the service; null if features are named
 * @param asOf which rows a label sees; null for what the service says, or those at its instant
 * @param knownAt the instant as of which things were known, in milliseconds; null for now
 * @param output where the training set goes
 */
record RetrievalRequest(
    String labels,
    List<FeatureReference> features,
    @Nullable FeatureService service,
    @Nullable AsOf asOf,
    @Nullable Long knownAt,
    String output) {
  RetrievalRequest {
    features = List.copyOf(features);
  }
}
