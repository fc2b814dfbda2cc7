package org.seqgan.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@link FleissKappa}. */
class FleissKappaTest {
  /** A digit for each category. */
  private static List<int[]> ratings(String... subjects) {
    return Stream.of(subjects)
        .map(subject -> subject.chars().map(digit -> digit - '0').toArray())
        .toList();
  }

  private static FleissKappa.Defined defined(List<int[]> ratings) {
    return assertThat(FleissKappa.of(ratings))
        .asInstanceOf(type(FleissKappa.Defined.class))
        .actual();
  }

  @Test
  void agreesWithFleissOnHisPsychiatricDiagnoses() {
    // Fleiss (1971), Table 1: 30 patients, 6 psychiatrists, 5 diagnoses; kappa 0.430 there,
    // 0.4302445 by the R package irr.
    FleissKappa.Defined kappa =
        defined(
            ratings(
                "00060", "03003", "01401", "00006", "03030", "20400", "00402", "20310", "20040",
                "00006", "10050", "11040", "03300", "10050", "02031", "00501", "30012", "51000",
                "02040", "10203", "00006", "01050", "02013", "20040", "10041", "05010", "40002",
                "02040", "10500", "00006"));
    assertThat(kappa.kappa()).isCloseTo(0.4302445, within(5e-8));
    assertThat(kappa.subjects()).isEqualTo(30);
  }

  @Test
  void agreesWithTheWellKnownExampleOfFourteenRaters() {
    // The worked example of the article "Fleiss' kappa" in Wikipedia: 10 subjects, 14 raters, 5
    // categories; P 0.378, Pe 0.213, kappa 0.210.
    List<int[]> ratings =
        List.of(
            new int[] {0, 0, 0, 0, 14},
            new int[] {0, 2, 6, 4, 2},
            new int[] {0, 0, 3, 5, 6},
            new int[] {0, 3, 9, 2, 0},
            new int[] {2, 2, 8, 1, 1},
            new int[] {7, 7, 0, 0, 0},
            new int[] {3, 2, 6, 3, 0},
            new int[] {2, 5, 3, 2, 2},
            new int[] {6, 5, 2, 1, 0},
            new int[] {0, 2, 2, 3, 7});
    FleissKappa.Defined kappa = defined(ratings);
    assertThat(kappa.observed()).isCloseTo(0.378, within(5e-4));
    assertThat(kappa.expected()).isCloseTo(0.213, within(5e-4));
    assertThat(kappa.kappa()).isCloseTo(0.210, within(5e-4));
  }

  @Test
  void isOneForFullAgreementAndNegativeForLessThanChance() {
    assertThat(defined(ratings("30", "03", "30")).kappa()).isEqualTo(1);
    // Two raters who never agree: P = 0, Pe = 1/2.
    assertThat(defined(ratings("11", "11")).kappa()).isEqualTo(-1);
  }

  @Test
  void leavesOutWhatFewerThanTwoRatedAndTakesTheOthersAsTheyAre() {
    // P = (1 + 1/3) / 2, shares 5/6 and 1/6 of 6 ratings: Pe = 26/36, by hand.
    FleissKappa.Defined kappa = defined(ratings("30", "21", "01", "00"));
    assertThat(kappa.subjects()).isEqualTo(2);
    assertThat(kappa.kappa()).isCloseTo((2 / 3. - 26 / 36.) / (10 / 36.), within(1e-12));
  }

  @Test
  void saysWhyItIsUndefined() {
    assertThat(FleissKappa.of(ratings("30", "30")))
        .isEqualTo(
            new FleissKappa.Undefined(
                "all ratings are the same, so that chance alone would agree as well"));
    assertThat(FleissKappa.of(ratings("10", "01")))
        .isEqualTo(new FleissKappa.Undefined("no item was rated by two judges"));
  }
}
