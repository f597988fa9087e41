// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.recompute;

/** How many different inputs. */
final class Distinct implements Accumulator {
  private final Frequencies inputs = new Frequencies();

  @Override
  public void add(Object input) {
    inputs.add(input);
  }

  @Override
  public void remove(Object input) {
    inputs.remove(input);
  }

  @Override
  public Long value() {
    return (long) inputs.byValue().size();
  }
}
