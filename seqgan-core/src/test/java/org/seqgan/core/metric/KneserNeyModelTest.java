package org.seqgan.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seqgan.api.random.RandomStream;

@DisplayName("The Kneser-Ney language model")
class KneserNeyModelTest {
  @ParameterizedTest(name = "order {0}, seed {1}")
  @CsvSource({"1, 1", "2, 2", "3, 3", "4, 4"})
  void probabilitiesOfAllSequencesOfOneLengthAddUpToOne(int order, long seed) {
    List<List<Integer>> training = Rows.random(12, 6, 4, RandomStream.of(seed));
    KneserNeyModel model = new KneserNeyModel(Rows.of(training), order, 5);
    double sum = 0;
    for (double nll : model.negativeLogLikelihoods(Rows.of(everySequence(5, 4)))) {
      assertThat(nll).isFinite();
      sum += Math.exp(-nll);
    }
    assertThat(sum).as("seed %d", seed).isCloseTo(1, within(1e-9));
  }

  @Test
  void withoutDataEveryTokenIsAsProbable() {
    KneserNeyModel model = new KneserNeyModel(Rows.of(List.of(List.of())), 3, 4);
    assertThat(model.negativeLogLikelihoods(Rows.of(List.of(List.of(3, 0, 1)))))
        .containsExactly(new double[] {3 * Math.log(4)}, within(1e-12));
  }

  @Test
  void agreesWithAnExampleByHand() {
    // Bigrams of "a b", "a c", "a b": (s a) 3, (a b) 2, (a c) 1; so n1 = 1, n2 = 1, D_2 = 1/3.
    // Tokens by what comes before: a 1, b 1, c 1; so n1 = 3, n2 = 0, D_1 = 1, beyond its range:
    // 1/2.
    List<List<Integer>> rows = List.of(List.of(0, 1), List.of(0, 2), List.of(0, 1));
    KneserNeyModel model = new KneserNeyModel(Rows.of(rows), 2, 3);
    double unigram = 0.5 / 3 + 0.5 * 3 / 3 / 3;
    double first = (3 - 1 / 3.0) / 3 + 1 / 3.0 * 1 / 3 * unigram;
    double second = (2 - 1 / 3.0) / 3 + 1 / 3.0 * 2 / 3 * unigram;
    assertThat(model.negativeLogLikelihoods(Rows.of(List.of(List.of(0, 1)))))
        .containsExactly(new double[] {-Math.log(first) - Math.log(second)}, within(1e-12));
  }

  @Test
  void prefersWhatItWasTrainedOn() {
    RandomStream stream = RandomStream.of(9);
    List<List<Integer>> training = Rows.random(200, 8, 20, stream);
    KneserNeyModel model = new KneserNeyModel(Rows.of(training), 3, 20);
    List<List<Integer>> uniform = new ArrayList<>();
    for (List<Integer> row : training) {
      uniform.add(row.stream().map(token -> stream.nextInt(20)).toList());
    }
    assertThat(sum(model, training)).isLessThan(0.8 * sum(model, uniform));
  }

  private static double sum(KneserNeyModel model, List<List<Integer>> rows) {
    double sum = 0;
    for (double nll : model.negativeLogLikelihoods(Rows.of(rows))) {
      sum += nll;
    }
    return sum;
  }

  private static List<List<Integer>> everySequence(int vocabulary, int length) {
    List<List<Integer>> all = new ArrayList<>();
    for (int code = 0; code < Math.pow(vocabulary, length); code++) {
      List<Integer> row = new ArrayList<>();
      for (int t = 0, rest = code; t < length; t++, rest /= vocabulary) {
        row.add(rest % vocabulary);
      }
      all.add(row);
    }
    return all;
  }
}
