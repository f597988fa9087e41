// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateSizeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "30d; 10",
        "30d; 100",
        "30d; 1000",
        "1d,7d,30d; 10",
        "1d,7d,30d; 100",
        "1d,7d,30d; 1000",
        "1h,6h,12h,1d,3d,7d,14d,30d; 10",
        "1h,6h,12h,1d,3d,7d,14d,30d; 100",
        "1h,6h,12h,1d,3d,7d,14d,30d; 1000",
      })
  void anEntityHasNoMoreBytesThanPromised(String windows, int live) {
    StateSize size = StateSize.measure(WindowSet.parse(windows), live);
    assertThat(size.total()).isLessThanOrEqualTo(StateSize.allowed(live));
    assertThat(size.chunks()).isLessThanOrEqualTo(StateSize.BYTES_PER_EVENT * (double) live);
  }

  @ParameterizedTest
  @CsvSource({"100", "1000"})
  void allEventsOfTheWindowAreCounted(int live) {
    StateSize size = StateSize.measure(WindowSet.parse("30d"), live);
    // Time and amount of an event take some bytes in any encoding.
    assertThat(size.chunks() / live).isCloseTo(9, within(3.0));
  }
}
