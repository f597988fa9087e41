// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.retrieval;

import static io.tailwater.definitions.retrieval.TestProject.references;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.definitions.model.Project;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrievalProgramTest {
  private static final long DAY = 86_400_000L;
  private static final long AT = 1_700_000_000_000L;

  @TempDir private static Path folder;
  private static Project project;

  @BeforeAll
  static void load() throws IOException {
    project = TestProject.load(folder);
  }

  @Test
  void countsWholeDaysToTheRequestTowardsZeroInBothDirections() {
    RetrievalProgram program = program("behavior:days_since");

    assertThat(daysSince(program, AT - 3 * DAY)).isEqualTo(3);
    assertThat(daysSince(program, AT - 3 * DAY + 1)).isEqualTo(2);
    assertThat(daysSince(program, AT)).isEqualTo(0);
    assertThat(daysSince(program, AT + DAY - 1)).isEqualTo(0);
    assertThat(daysSince(program, AT + 2 * DAY)).isEqualTo(-2);
    assertThat(daysSince(program, AT + 2 * DAY - 1)).isEqualTo(-1);
    assertThat(daysSince(program, null)).isNull();
  }

  @Test
  void returnsStoredValuesAsTheyAreInTheOrderAskedFor() {
    RetrievalProgram program =
        program("behavior:spend", "behavior:orders_7d", "behavior:orders_30d");

    assertThat(program.compute(rows(row(2L, 5L, null)), null, AT)).containsExactly(null, 2L, 5L);
  }

  @Test
  void ofAViewWithoutARowEverythingIsNull() {
    RetrievalProgram program = program("behavior:*", "profile:account_age");

    assertThat(program.compute(rows(null, row(AT - 10 * DAY)), null, AT))
        .containsExactly(null, null, null, null, null, null, null, 10);
  }

  @Test
  void aReadTimeFeatureHasItsDefaultWhereThereIsARow() {
    RetrievalProgram program = program("behavior:idle");

    assertThat(program.compute(rows(row(AT - 31 * DAY)), null, AT)).containsExactly(true);
    assertThat(program.compute(rows(row((Object) null)), null, AT)).containsExactly(false);
    assertThat(program.compute(rows(new Object[][] {null}), null, AT))
        .containsExactly((Object) null);
  }

  @Test
  void aFeatureOfTheRequestTimeAloneWantsARowToo() {
    RetrievalProgram program = program("behavior:hour_of_read");

    assertThat(program.compute(rows(row()), null, 5 * 3_600_000L)).containsExactly(5L);
    assertThat(program.compute(rows(new Object[][] {null}), null, 5 * 3_600_000L))
        .containsExactly((Object) null);
  }

  @Test
  void computesScoresOnDemand() {
    RetrievalProgram program = program("scores:recency", "scores:double_recency");

    assertThat(program.compute(rows(row(AT - 30 * DAY)), null, AT)).containsExactly(0.5, 1.0);
    assertThat(program.compute(rows(row(AT - 15 * DAY)), null, AT))
        .containsExactly(1.0 / 1.5, 2.0 / 1.5);
    assertThat(program.compute(rows(row(AT + 30 * DAY)), null, AT)).containsExactly(null, 0.0);
    assertThat(program.compute(rows(new Object[][] {null}), null, AT)).containsExactly(null, 0.0);
  }

  @Test
  void takesFieldsOfTheRequest() {
    RetrievalPlan plan = RetrievalPlan.of(project, references("scores:share", "scores:has_coupon"));
    RetrievalProgram program = plan.compile();

    assertThat(program.compute(rows(row(200.0)), row(50.0, "X"), AT)).containsExactly(0.25, true);
    assertThat(program.compute(rows(row(200.0)), row(null, null), AT)).containsExactly(-1.0, false);
    assertThat(program.compute(rows(row(0.0)), row(50.0, "X"), AT)).containsExactly(-1.0, true);
    assertThat(program.compute(rows(new Object[][] {null}), row(50.0, "X"), AT))
        .containsExactly(-1.0, true);
  }

  @Test
  void keepsFeaturesOfTheSameNameApart() {
    RetrievalProgram program = program("scores:more", "profile:orders_7d", "behavior:orders_7d");

    assertThat(program.compute(rows(row(7L), row(3)), null, AT)).containsExactly(4L, 3, 7L);
    assertThat(program.compute(rows(row(7L), null), null, AT)).containsExactly(null, null, 7L);
  }

  @Test
  void tellsOfWhatCouldNotBeComputed() {
    List<String> heard = new ArrayList<>();
    RetrievalProgram program =
        RetrievalPlan.of(project, references("scores:share", "scores:recency")).compile(heard::add);

    program.compute(rows(row(0.0, AT)), row(1.0), AT);

    assertThat(heard).containsExactly("scores:share");
  }

  @Test
  void refusesRowsThatAreNotThePlans() {
    RetrievalProgram program = program("behavior:days_since", "scores:share");

    assertThatThrownBy(() -> program.compute(new Object[0][], row(1.0), AT))
        .hasMessage("0 rows for 1 views");
    assertThatThrownBy(() -> program.compute(rows(row(1L)), row(1.0), AT))
        .hasMessage("1 values for 2 features of behavior");
    assertThatThrownBy(() -> program.compute(rows(row(1.0, 1L)), null, AT))
        .hasMessage("0 values for 1 fields of the request");
  }

  private static RetrievalProgram program(String... references) {
    return RetrievalPlan.of(project, references(references)).compile();
  }

  private static Object daysSince(RetrievalProgram program, Object lastAt) {
    return program.compute(rows(row(lastAt)), null, AT)[0];
  }

  private static Object[][] rows(Object[]... rows) {
    return rows;
  }

  private static Object[] row(Object... values) {
    return values;
  }
}
