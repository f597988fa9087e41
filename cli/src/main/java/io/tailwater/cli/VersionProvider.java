// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of the JAR, where there is one. */
final class VersionProvider implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Tailwater.class.getPackage().getImplementationVersion();
    return new String[] {"tailwater " + Objects.requireNonNullElse(version, "(built from source)")};
  }
}
