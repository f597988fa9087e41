// SPDX-License-Identifier: Apache-2.0
/**
 * The feature server: Feast's protocol over HTTP, on Jetty. {@link
 * io.tailwater.serving.http.FeatureServer} is all that others need.
 */
@NullMarked
package io.tailwater.serving.http;

import org.jspecify.annotations.NullMarked;
