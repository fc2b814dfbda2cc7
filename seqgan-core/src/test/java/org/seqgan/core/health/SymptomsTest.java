package org.seqgan.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.metric.ScoreRange;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.WarningKind;
import org.seqgan.core.metric.ScoreSource;

/** Histories just this side and just that side of each threshold. */
@DisplayName("Symptoms")
class SymptomsTest {
  private static final List<ScoreSource> SCORES =
      List.of(
          new ScoreSource("bleu-2", "metric plugin 'bleu' (built in)", ScoreRange.SHARE),
          new ScoreSource("nll-gen", "metric plugin 'nll-gen' (built in)", ScoreRange.NOT_NEGATIVE),
          new ScoreSource("rhyme", "metric plugin 'rhyme' (rhyme.jar)", ScoreRange.ANY));

  private final Symptoms symptoms = new Symptoms(SCORES);
  private int step;

  private TrainingEvent.Measured measured(Phase phase, Map<String, Double> values) {
    return new TrainingEvent.Measured(phase, ++step, values, 1);
  }

  /** What the next step of the game has to say. */
  private List<Symptoms.Reading> next(Map<String, Double> values) {
    return symptoms.read(measured(Phase.ADVERSARIAL, values));
  }

  private static List<WarningKind> kinds(List<Symptoms.Reading> readings) {
    return readings.stream()
        .filter(reading -> reading.problem().isPresent())
        .map(Symptoms.Reading::kind)
        .toList();
  }

  private static String message(List<Symptoms.Reading> readings) {
    return readings.stream().flatMap(reading -> reading.problem().stream()).findFirst().orElse("");
  }

  @Nested
  class MetricValues {
    @Test
    void oneOutsideOfItsRangeNamesTheMetricsPlugin() {
      assertThat(kinds(next(Map.of("bleu-2", 1.0)))).isEmpty();
      List<Symptoms.Reading> readings = next(Map.of("bleu-2", 1.01));
      assertThat(kinds(readings)).containsExactly(WarningKind.METRIC_VALUE);
      assertThat(message(readings))
          .startsWith("bleu-2 is 1.010, expected a finite number from 0 to 1: ")
          .contains("metric plugin 'bleu' (built in)");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void noMetricGivesWhatIsNoFiniteNumber(double value) {
      assertThat(kinds(next(Map.of("rhyme", -1e9)))).isEmpty();
      List<Symptoms.Reading> readings = next(Map.of("rhyme", value));
      assertThat(kinds(readings)).containsExactly(WarningKind.METRIC_VALUE);
      assertThat(message(readings)).contains("metric plugin 'rhyme' (rhyme.jar)");
    }

    @Test
    void whatIsNoScoreIsNotJudgedAsOne() {
      assertThat(next(Map.of("d-loss", -5.0, "reward", Double.NaN))).isEmpty();
    }
  }

  @Nested
  class RisingLoss {
    private List<Symptoms.Reading> epoch(double loss) {
      return symptoms.read(measured(Phase.GENERATOR_PRETRAINING, Map.of("g-loss", loss)));
    }

    @Test
    void isMoreThanTwiceTheLeastBeforeAndANatAboveIt() {
      assertThat(kinds(epoch(5))).isEmpty();
      assertThat(kinds(epoch(3))).isEmpty();
      assertThat(kinds(epoch(5.99))).isEmpty();
      List<Symptoms.Reading> readings = epoch(6.01);
      assertThat(kinds(readings)).containsExactly(WarningKind.RISING_LOSS);
      assertThat(message(readings)).startsWith("g-loss is 6.010 nats a token and was 3.000");
    }

    @Test
    void ofAnOverfittedModelIsNoisy() {
      epoch(0.01);
      assertThat(kinds(epoch(1.0))).isEmpty();
      assertThat(kinds(epoch(1.02))).containsExactly(WarningKind.RISING_LOSS);
    }

    @Test
    void isMeasuredFromBeforeTrainingWhereThatIsKnown() {
      symptoms.read(
          new TrainingEvent.Measured(Phase.GENERATOR_PRETRAINING, 0, Map.of("nll-gen", 5.3), 0));
      assertThat(kinds(epoch(62.8))).containsExactly(WarningKind.RISING_LOSS);
    }

    @Test
    void inTheGameALossSaysNothing() {
      next(Map.of("g-loss", 1.0));
      assertThat(next(Map.of("g-loss", 100.0))).isEmpty();
    }

    @Test
    void leavesWhatFollowsFromItUnjudgedInTheGameToo() {
      epoch(5);
      Map<String, Double> samples = Map.of("g-loss", 60.0, VitalSigns.DIVERSITY, 0.01);
      assertThat(kinds(symptoms.read(measured(Phase.GENERATOR_PRETRAINING, samples))))
          .containsExactly(WarningKind.RISING_LOSS);
      assertThat(next(Map.of(VitalSigns.DIVERSITY, 0.01, VitalSigns.REWARD_VARIATION, 0.0)))
          .isEmpty();
    }
  }

  @Nested
  class Collapse {
    @Test
    void isAQuarterOfTheVarietyOfRealSequences() {
      assertThat(kinds(next(Map.of(VitalSigns.DIVERSITY, 0.25)))).isEmpty();
      List<Symptoms.Reading> readings = next(Map.of(VitalSigns.DIVERSITY, 0.249));
      assertThat(kinds(readings)).containsExactly(WarningKind.COLLAPSE);
      assertThat(message(readings)).contains("0.2490 times as many different sequences");
    }

    @Test
    void isNotBlamedOnTheDiscriminatorNorOnTheReward() {
      assertThat(
              kinds(
                  next(
                      Map.of(
                          VitalSigns.DIVERSITY, 0.01,
                          VitalSigns.D_ERROR, 0.0,
                          VitalSigns.D_DEVIATION, 0.5,
                          VitalSigns.REWARD_VARIATION, 0.0))))
          .containsExactly(WarningKind.COLLAPSE);
      // It goes on until an evaluation says otherwise.
      assertThat(next(Map.of(VitalSigns.REWARD_VARIATION, 0.0))).isEmpty();
      next(Map.of(VitalSigns.DIVERSITY, 1.0));
      assertThat(kinds(next(Map.of(VitalSigns.REWARD_VARIATION, 0.0))))
          .containsExactly(WarningKind.CONSTANT_REWARD);
    }
  }

  @Nested
  class GradientNorm {
    private static final String NORM = "g-gradient-norm";

    private List<WarningKind> norm(double value) {
      return kinds(next(Map.of(NORM, value)));
    }

    private void norms(double... values) {
      for (double value : values) {
        assertThat(norm(value)).as("norm %s", value).isEmpty();
      }
    }

    @Test
    void explodesAtTenTimesTheMedianOfTheStepsBefore() {
      norms(30, 31, 29, 30, 30);
      assertThat(norm(299)).isEmpty();
      List<Symptoms.Reading> readings = next(Map.of(NORM, 301.0));
      assertThat(kinds(readings)).containsExactly(WarningKind.GRADIENT_NORM);
      assertThat(message(readings))
          .startsWith("g-gradient-norm is 301.0 where the steps before had 30.00 (the median)");
    }

    @Test
    void isNotComparedWithFewerThanFiveSteps() {
      norms(30, 30, 30, 30);
      assertThat(next(Map.of(NORM, 6000.0))).isEmpty();
      assertThat(norm(6000)).containsExactly(WarningKind.GRADIENT_NORM);
    }

    @Test
    void isComparedWithTheLastTwentyAlone() {
      norms(IntStream.range(0, 20).mapToDouble(i -> 1000).toArray());
      norms(IntStream.range(0, 11).mapToDouble(i -> 30).toArray());
      assertThat(norm(301)).containsExactly(WarningKind.GRADIENT_NORM);
    }

    @Test
    void thatGoesUpAndDownByOrdersOfMagnitudeMayGoOnSo() {
      // As of the game on 51 poems, whose discriminator knows them by heart.
      norms(3.5, 1.2, 0.36, 2.4, 0.72, 0.9, 0.3, 3.5, 0.1, 1.1, 0.05);
      assertThat(norm(40)).isEmpty();
    }

    @Test
    void ofLessThanOneIsNoExplosion() {
      norms(0.01, 0.01, 0.01, 0.01, 0.01);
      assertThat(norm(0.99)).isEmpty();
      assertThat(norm(1.01)).containsExactly(WarningKind.GRADIENT_NORM);
    }

    @Test
    void afterNoneAtAllIsNoExplosion() {
      norms(0, 0, 0, 0, 0, 30);
    }

    @Test
    void ofAnotherPhaseIsNotCompared() {
      for (int epoch = 1; epoch <= 20; epoch++) {
        symptoms.read(measured(Phase.GENERATOR_PRETRAINING, Map.of(NORM, 0.2)));
      }
      norms(55, 52, 37);
    }

    @Test
    void ofAnyModelIsWatched() {
      for (int i = 0; i < 5; i++) {
        next(Map.of("critic-gradient-norm", 1.0));
      }
      List<Symptoms.Reading> readings =
          next(Map.of("critic-gradient-norm", Double.POSITIVE_INFINITY));
      assertThat(message(readings)).startsWith("critic-gradient-norm is Infinity");
    }
  }

  @Nested
  class Discriminator {
    private List<Symptoms.Reading> says(double error, double deviation) {
      return next(Map.of(VitalSigns.D_ERROR, error, VitalSigns.D_DEVIATION, deviation));
    }

    @Test
    void thatIsRightAndSureIsSaturated() {
      assertThat(kinds(says(0.00101, 0.49))).isEmpty();
      List<Symptoms.Reading> readings = says(0.00099, 0.49);
      assertThat(kinds(readings)).containsExactly(WarningKind.SATURATED_DISCRIMINATOR);
      assertThat(message(readings)).contains("sure of it (its mean error is 0.0009900)");
    }

    @Test
    void thatSaysTheSameOfEverythingIsSaturated() {
      assertThat(kinds(says(0.5, 0.00101))).isEmpty();
      List<Symptoms.Reading> readings = says(0.5, 0.00099);
      assertThat(kinds(readings)).containsExactly(WarningKind.SATURATED_DISCRIMINATOR);
      assertThat(message(readings)).contains("says the same of all sequences");
    }

    @Test
    void isNotBlamedForASmallReward() {
      assertThat(next(Map.of("reward", 0.0001, VitalSigns.REWARD_VARIATION, 0.5)))
          .extracting(Symptoms.Reading::problem)
          .allMatch(java.util.Optional::isEmpty);
    }
  }

  @Nested
  class Reward {
    @Test
    void thatVariesByATenthOfAThousandthIsConstant() {
      assertThat(kinds(next(Map.of(VitalSigns.REWARD_VARIATION, 1.01e-4)))).isEmpty();
      List<Symptoms.Reading> readings = next(Map.of(VitalSigns.REWARD_VARIATION, 0.99e-4));
      assertThat(kinds(readings)).containsExactly(WarningKind.CONSTANT_REWARD);
      assertThat(message(readings)).startsWith("all tokens have the same reward");
    }
  }

  @Nested
  class Stall {
    private static final int WINDOW = Symptoms.EVALUATIONS_WITHOUT_MOVE;

    /** The kinds that the last of some evaluations tells. */
    private List<WarningKind> after(int evaluations, IntToDoubleFunction score) {
      List<WarningKind> last = new ArrayList<>();
      for (int i = 0; i < evaluations; i++) {
        last = kinds(next(Map.of("nll-gen", score.applyAsDouble(i), "bleu-2", 0.25)));
        next(Map.of("reward", 0.3));
      }
      return last;
    }

    /** Noise of deviation 1 without a trend: up and down in turn. */
    private static double noise(int i) {
      return i % 2 == 0 ? 1 : -1;
    }

    @Test
    void isTwentyEvaluationsWithoutAMove() {
      assertThat(after(WINDOW - 1, i -> 4.5)).isEmpty();
      assertThat(after(1, i -> 4.5)).containsExactly(WarningKind.STALLED);
    }

    @Test
    void isAMoveWithinTheNoise() {
      // Neighbours differ by 2, so the variance is 2 and a standard error sqrt(2 * 2 / 10) = 0.632;
      // the halves' means differ by ten times the slope.
      assertThat(after(WINDOW, i -> 4.5 + noise(i) + 0.12 * i))
          .containsExactly(WarningKind.STALLED);
    }

    @Test
    void endsWhereOneScoreMovesByMoreThanNoise() {
      assertThat(after(WINDOW, i -> 4.5 + noise(i) + 0.14 * i)).isEmpty();
    }

    @Test
    void isNotWhatALongPathIsAtItsEndForgottenFor() {
      assertThat(after(50, i -> 4.5 - 0.01 * Math.min(i, 35))).isEmpty();
      assertThat(after(WINDOW, i -> 4.15)).containsExactly(WarningKind.STALLED);
    }

    @Test
    void isNotWhatAnotherPhaseDid() {
      for (int i = 0; i < WINDOW - 1; i++) {
        symptoms.read(measured(Phase.GENERATOR_PRETRAINING, Map.of("nll-gen", 4.5)));
      }
      assertThat(after(1, i -> 4.5)).isEmpty();
    }

    @Test
    void isNotJudgedByWhatIsNoScore() {
      for (int i = 0; i < 3 * WINDOW; i++) {
        assertThat(next(Map.of("d-loss", 0.7))).isEmpty();
      }
    }
  }
}
