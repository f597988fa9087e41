// SPDX-License-Identifier: Apache-2.0
/**
 * Reading online features: which of them ({@link io.tailwater.serving.FeatureQuery}), by whom
 * ({@link io.tailwater.serving.FeatureClient}) and what came back ({@link
 * io.tailwater.serving.OnlineFeatures}). Nothing of it needs Flink.
 */
@NullMarked
package io.tailwater.serving;

import org.jspecify.annotations.NullMarked;
