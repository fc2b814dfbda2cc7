package org.seqgan.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.metric.MetricInput;
import org.seqgan.api.metric.Score;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.model.TinyModels;
import org.seqgan.core.statistics.BinomialTest;

class TwoSampleTestTest {
  private static final int TIME = 4;
  private static final OptionalInt NO_END = OptionalInt.empty();
  private static final TwoSampleTest METRIC =
      new TwoSampleTest(new TwoSampleTest.Options(5, 4, 0.01f));

  /** The scores of samples beside test sequences that the model of seed 1 drew. */
  private static Map<String, Double> measure(long modelOfSamples, long seed) {
    try (TinyModels models = new TinyModels(6, TIME, NO_END);
        Generator one = models.generator(1);
        Generator other = models.generator(modelOfSamples)) {
      Sequences real = one.sample(300, Decoding.SAMPLE, RandomStream.of(10));
      Sequences samples = other.sample(320, Decoding.SAMPLE, RandomStream.of(11));
      TinyTask task =
          new TinyTask(Vocabulary.fixedLength(6, 0), real, real, real, Optional.empty());
      Map<String, Double> values = new LinkedHashMap<>();
      for (Score score :
          METRIC.measure(
              new MetricInput(samples, task, other, models.backend(), RandomStream.of(seed)))) {
        values.put(score.name(), score.value());
      }
      return values;
    }
  }

  @Test
  void tellsAnotherDistributionFromTheDataAndTheSameNot() {
    Map<String, Double> other = measure(2, 1);
    assertThat(other.get("c2st-accuracy")).isGreaterThan(0.65);
    assertThat(other.get("c2st-p")).isLessThan(1e-6);
    // Of 300 answers a coin has more than 178 right once in a thousand times.
    Map<String, Double> same = measure(1, 1);
    assertThat(same.get("c2st-accuracy")).isBetween(0.40, 0.60);
    assertThat(same.get("c2st-p")).isGreaterThan(1e-3);
  }

  @Test
  void pIsThatOfTheAccuracy() {
    Map<String, Double> values = measure(2, 1);
    int right = (int) Math.rint(300 * values.get("c2st-accuracy"));
    assertThat(values.get("c2st-accuracy")).isEqualTo(right / 300.0);
    assertThat(values.get("c2st-p")).isEqualTo(BinomialTest.betterThanACoin(right, 300));
  }

  @Test
  void theSeedDecidesTheScore() {
    assertThat(measure(2, 5)).isEqualTo(measure(2, 5));
    List<Map<String, Double>> ofOthers = new ArrayList<>();
    for (long seed = 6; seed < 10; seed++) {
      ofOthers.add(measure(2, seed));
    }
    assertThat(ofOthers).anyMatch(values -> !values.equals(ofOthers.get(0)));
  }

  /** It would have half of the answers right, as where there is no difference. */
  @Test
  void aClassifierThatDivergedIsNoJudge() {
    try (TinyModels models = new TinyModels(5, TIME, NO_END);
        Generator generator = models.generator(1)) {
      Sequences some = generator.sample(40, Decoding.SAMPLE, RandomStream.of(1));
      TinyTask task =
          new TinyTask(Vocabulary.fixedLength(5, 0), some, some, some, Optional.empty());
      TwoSampleTest eager = new TwoSampleTest(new TwoSampleTest.Options(5, 4, 1e30f));
      MetricInput input =
          new MetricInput(some, task, generator, models.backend(), RandomStream.of(1));
      assertThatThrownBy(() -> eager.measure(input))
          .isInstanceOf(UserException.class)
          .hasMessageContaining(
              "expected a probability, found NaN; lower its learning-rate of 1.0E30");
    }
  }

  @Test
  void oneSequenceIsTooFew() {
    try (TinyModels models = new TinyModels(5, TIME, NO_END);
        Generator generator = models.generator(1);
        TinyTask task = TinyTask.of(NO_END, Optional.empty())) {
      MetricInput input =
          new MetricInput(
              Sequences.ofRows(new int[][] {{1, 2, 3, 4}}),
              task,
              generator,
              models.backend(),
              RandomStream.of(1));
      assertThatThrownBy(() -> METRIC.measure(input))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("needs 2 samples and 2 test sequences, found 1 and 2");
    }
  }
}
