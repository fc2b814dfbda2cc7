package org.seqgan.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link Holm} and {@link SeedsNeeded}. */
class HolmTest {
  private static final double[] BASELINE = {9.0, 9.1, 9.2, 9.05};

  private static TestResult test(double... sample) {
    return WelchTest.of(sample, BASELINE);
  }

  private static SeedsNeeded needed(double... sample) {
    return assertThat(Holm.decide(List.of(test(sample))).get(0))
        .asInstanceOf(type(Outcome.Undecided.class))
        .actual()
        .needed();
  }

  @Test
  void multipliesTheLeastByTheNumberOfTestsAndNeverFalls() {
    // Holm (1979) by hand: 4 x 0.01, 3 x 0.02 = 0.06, 2 x 0.03 = 0.06, 1 x 0.04 raised to 0.06.
    assertThat(Holm.adjust(0.04, 0.01, 0.03, 0.02))
        .containsExactly(new double[] {0.06, 0.04, 0.06, 0.06}, within(1e-12));
    assertThat(Holm.adjust(0.7, 0.6)).containsExactly(1, 1);
    assertThat(Holm.adjust()).isEmpty();
  }

  @Test
  void decidesAlikeWhateverTheOrder() {
    TestResult far = test(8.0, 8.1, 8.05);
    TestResult near = test(9.1, 9.05, 9.0);
    List<Outcome> outcomes = Holm.decide(List.of(near, far));
    assertThat(outcomes.get(0)).isInstanceOf(Outcome.Undecided.class);
    assertThat(outcomes.get(1)).isInstanceOf(Outcome.Decided.class);
    assertThat(Holm.decide(List.of(far, near))).containsExactly(outcomes.get(1), outcomes.get(0));
  }

  @Test
  void correctionCanUndoASingleVerdict() {
    TestResult close = test(8.95, 8.9, 9.0, 8.85);
    assertThat(((WelchTest) close).p()).isBetween(0.025, 0.05);
    assertThat(Holm.decide(List.of(close)).get(0)).isInstanceOf(Outcome.Decided.class);
    assertThat(Holm.decide(List.of(close, test(9.0, 9.1, 9.15))).get(0))
        .isInstanceOf(Outcome.Undecided.class);
  }

  @Test
  void whatCannotBeTestedKeepsItsPlaceAndCountsForNothing() {
    List<Outcome> outcomes = Holm.decide(List.of(test(8.0), test(8.0, 8.1, 8.05)));
    assertThat(outcomes.get(0)).isInstanceOf(NotTestable.class);
    Outcome.Decided decided = (Outcome.Decided) outcomes.get(1);
    assertThat(decided.adjustedP()).isEqualTo(decided.test().p());
  }

  @Test
  void saysHowManySeedsWouldDecide() {
    double[] sample = {8.95, 9.15, 9.0, 8.9};
    WelchTest test = (WelchTest) test(sample);
    // (1.959964 + 0.841621)^2 = 7.848879, from a printed table of the normal distribution.
    double variances = test.first().variance() + test.second().variance();
    double n = 7.848879 * variances / (test.difference() * test.difference());
    assertThat(needed(sample)).isEqualTo(new SeedsNeeded((int) Math.ceil(n) - 4, false));
    assertThat(needed(sample)).hasToString("about " + ((int) Math.ceil(n) - 4) + " more seeds");
  }

  @Test
  void saysWhereNoReasonableNumberWouldDecide() {
    assertThat(needed(BASELINE)).hasToString("more than 1000 more seeds");
    assertThat(needed(9.0, 9.1, 9.2, 9.051)).isEqualTo(new SeedsNeeded(1000, true));
  }

  @Test
  void asksForOneMoreAtLeast() {
    // p is 0.051, but the normal approximation, too hopeful for so few, finds 1 of each enough.
    TestResult close = WelchTest.of(new double[] {3, 4}, new double[] {0, 1});
    Outcome.Undecided outcome = (Outcome.Undecided) Holm.decide(List.of(close)).get(0);
    assertThat(outcome.needed()).hasToString("about 1 more seed");
  }
}
