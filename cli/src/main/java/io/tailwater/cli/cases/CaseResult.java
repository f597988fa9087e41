// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.cases;

import io.tailwater.definitions.cases.FeatureCase;
import java.util.List;

/**
 * What came out of a case.
 *
 * @param test the case
 * @param refused events that the stream would refuse, each with its place and the reason; values
 *     were not looked at then
 * @param failures in the order of writing
 */
record CaseResult(FeatureCase test, List<String> refused, List<CaseFailure> failures) {
  boolean passed() {
    return refused.isEmpty() && failures.isEmpty();
  }

  int values() {
    return test.expectations().stream().mapToInt(each -> each.values().size()).sum();
  }
}
