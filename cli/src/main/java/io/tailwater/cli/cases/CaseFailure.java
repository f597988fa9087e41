// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.cases;

import io.tailwater.definitions.cases.Expectation;
import io.tailwater.definitions.cases.ExpectedValue;
import io.tailwater.definitions.replay.FeatureWindow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value that is not the expected one.
 *
 * @param expectation of whom and when
 * @param expected what was expected
 * @param found what it is
 * @param windows of the aggregates that it is made of
 */
record CaseFailure(
    Expectation expectation,
    ExpectedValue expected,
    @Nullable Object found,
    List<FeatureWindow> windows) {}
