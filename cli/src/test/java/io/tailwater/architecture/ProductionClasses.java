// SPDX-License-Identifier: Apache-2.0
package io.tailwater.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** Leaves out tests, those that other modules share as test-jars among them. */
public final class ProductionClasses implements ImportOption {
  private static final ImportOption NOT_TEST_CLASSES = new DoNotIncludeTests();

  @Override
  public boolean includes(Location location) {
    return NOT_TEST_CLASSES.includes(location) && !location.contains("-tests.jar!");
  }
}
