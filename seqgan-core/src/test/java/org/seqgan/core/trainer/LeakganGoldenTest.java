package org.seqgan.core.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Reduction;
import org.seqgan.core.MethodCase;
import org.seqgan.core.model.LeakganModel;

@DisplayName("The rewards and losses of LeakGAN")
final class LeakganGoldenTest {
  private static final double NO_CHANGE = 1e-12;

  static Stream<MethodCase> cases() {
    return MethodCase.of("leakgan");
  }

  static Stream<Arguments> onEveryBackend() {
    return Formula.onEveryBackend(cases());
  }

  private static double[][] rows(MethodCase example, String name) {
    double[] all = example.numbers(name);
    int width = example.shape(name)[1];
    return IntStream.range(0, all.length / width)
        .mapToObj(row -> Arrays.copyOfRange(all, row * width, (row + 1) * width))
        .toArray(double[][]::new);
  }

  private static int step(MethodCase example) {
    return example.integers("step")[0];
  }

  // ---- rewards ----

  @ParameterizedTest
  @MethodSource("cases")
  void rescaledRewardsAreThoseOfTheReference(MethodCase example) {
    example.assertClose(
        Leakgan.rescaled(example.numbers("scores"), example.number("delta")),
        "rescaled",
        MethodCase.DOUBLE);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rescaledRewardsDependOnOrderAlone(MethodCase example) {
    double[] scores = example.numbers("scores");
    double[] squeezed = Arrays.stream(scores).map(score -> Math.exp(5 * score) - 7).toArray();
    assertThat(Leakgan.rescaled(squeezed, 12)).containsExactly(Leakgan.rescaled(scores, 12));
    double[] reversed = scores.clone();
    for (int i = 0; i < scores.length; i++) {
      reversed[i] = scores[scores.length - 1 - i];
    }
    double[] rewards = Leakgan.rescaled(scores, 12);
    double[] ofReversed = Leakgan.rescaled(reversed, 12);
    for (int i = 0; i < scores.length; i++) {
      assertThat(ofReversed[i]).isEqualTo(rewards[scores.length - 1 - i]);
    }
  }

  @Test
  void scoresThatTieShareTheirRanks() {
    double middle = 1 / (1 + Math.exp(-12 * (0.5 - 2.5 / 4)));
    assertThat(Leakgan.rescaled(new double[] {3, 1, 1, 0}, 12)[1])
        .isCloseTo(middle, offset(NO_CHANGE));
    assertThat(Leakgan.rescaled(new double[] {3, 1, 1, 0}, 12)[2])
        .isCloseTo(middle, offset(NO_CHANGE));
  }

  /** The constant that issue 17 of the authors' repository reports, "rewards don't change". */
  @Test
  void releasedRewardsHaveTheMeanThatUsersReport() {
    assertThat(Arrays.stream(Leakgan.releasedRewards(64, 16, 4)).average().orElseThrow())
        .isCloseTo(0.12695181503855285, offset(NO_CHANGE));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void intrinsicRewardsAreThoseOfTheReference(MethodCase example) {
    double[][] features = rows(example, "features");
    double[][] goals = rows(example, "goals");
    int step = step(example);
    double[] rewards =
        IntStream.range(step, features.length)
            .mapToDouble(t -> Leakgan.intrinsic(features, goals, t, step))
            .toArray();
    example.assertClose(rewards, "intrinsic-from-step", MethodCase.DOUBLE);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void intrinsicRewardsAreOneWhereFeaturesGoWhereTheyAreToGo(MethodCase example) {
    double[][] goals = rows(example, "goals");
    double[][] features = new double[goals.length][goals[0].length];
    for (int t = 0; t < features.length; t++) {
      for (int i = 0; i < features[t].length; i++) {
        goals[t][i] = goals[0][i];
        features[t][i] = 3 + t * goals[0][i];
      }
    }
    for (int t = 1; t < features.length; t++) { // from the first token on, whatever c is
      assertThat(Leakgan.intrinsic(features, goals, t, step(example)))
          .isCloseTo(1, offset(NO_CHANGE));
    }
  }

  @Test
  void featuresThatStandStillHaveNoReward() {
    double[][] still = {{1, 2}, {1, 2}};
    assertThat(Leakgan.intrinsic(still, new double[][] {{1, 0}, {0, 1}}, 1, 4)).isZero();
  }

  // ---- the Manager ----

  private static Formula formula(String backend, MethodCase example) {
    Formula formula = new Formula(backend);
    for (String name : List.of("features", "goals")) {
      formula.input(name, example.floats(name), example.shape(name));
    }
    return formula;
  }

  /** From every position, {@code [T + 1 - c]}. */
  private static Variable cosines(Tape tape, int step) {
    Variable features = tape.parameter("features");
    int all = features.value().dim(0);
    return Leakgan.cosines(
        tape,
        tape.slice(features, 0, 0, all - step),
        tape.slice(features, 0, step, all),
        tape.slice(tape.parameter("goals"), 0, 0, all - step));
  }

  @ParameterizedTest
  @MethodSource("onEveryBackend")
  void cosinesOfTheManagerAreThoseOfTheReference(String backend, MethodCase example) {
    int step = step(example);
    float[] found = new float[example.shape("features")[0] - step];
    try (Formula formula = formula(backend, example)) {
      for (int i = 0; i < found.length; i++) {
        int at = i;
        formula.run(tape -> tape.slice(cosines(tape, step), 0, at, at + 1));
        found[i] = formula.value();
      }
    }
    example.assertClose(found, "manager-cosine");
  }

  @ParameterizedTest
  @MethodSource("onEveryBackend")
  void gradientsOfTheManagerAreThoseOfFiniteDifferences(String backend, MethodCase example) {
    int step = step(example);
    try (Formula formula = formula(backend, example)) {
      formula.assertFiniteDifferences(
          tape -> {
            Variable cosines = cosines(tape, step);
            float[] rewards = new float[cosines.value().dim(0)];
            for (int i = 0; i < rewards.length; i++) {
              rewards[i] = 1f / (i + 2);
            }
            return tape.reduce(
                Reduction.SUM,
                tape.binary(
                    BinaryOperation.MULTIPLY,
                    cosines,
                    tape.constant(tape.scope().tensor(rewards, rewards.length))),
                0);
          },
          2e-3);
    }
  }

  /** One sequence, as a walk of a generator would show it. */
  private static LeakganModel.Walk walk(Tape tape) {
    List<Variable> features = new ArrayList<>();
    List<Variable> goals = new ArrayList<>();
    int all = tape.parameter("features").value().dim(0);
    for (int t = 0; t < all; t++) {
      features.add(tape.slice(tape.parameter("features"), 0, t, t + 1));
      goals.add(tape.slice(tape.parameter("goals"), 0, t, t + 1));
    }
    return new LeakganModel.Walk(features, features, goals, goals.get(all - 1));
  }

  @ParameterizedTest
  @MethodSource("onEveryBackend")
  void stepsOfTheManagerFollowOneAnother(String backend, MethodCase example) {
    int step = step(example);
    double[] all = example.numbers("manager-cosine");
    int moves = (example.shape("features")[0] - 1) / step;
    try (Formula formula = formula(backend, example)) {
      for (int i = 0; i < moves; i++) {
        int move = i;
        formula.run(
            tape ->
                tape.slice(
                    Leakgan.cosines(tape, walk(tape), step, moves, false), 0, move, move + 1));
        assertThat((double) formula.value()).isCloseTo(all[move * step], offset(1e-5));
      }
    }
  }

  /**
   * Written out: the sum of the goals of the block before, and of the move since the block began.
   */
  @ParameterizedTest
  @MethodSource("onEveryBackend")
  void releasedWorkersHaveTheMeanCosineWithWhatActed(String backend, MethodCase example) {
    int step = step(example);
    double[][] features = rows(example, "features");
    double[][] goals = rows(example, "goals");
    double sum = 0;
    for (int t = 1; t < features.length; t++) {
      int block = (t - 1) / step;
      double[] acting = new double[goals[0].length];
      for (int i = 0; i < acting.length; i++) {
        if (block == 0) {
          acting[i] = goals[goals.length - 1][i];
        } else {
          for (int u = (block - 1) * step; u < block * step; u++) {
            acting[i] += goals[u][i];
          }
        }
      }
      double[][] move = {features[block * step], features[t]};
      sum += Leakgan.intrinsic(move, new double[][] {acting}, 1, 1);
    }
    try (Formula formula = formula(backend, example)) {
      formula.run(tape -> Leakgan.releasedIntrinsic(tape, walk(tape), step));
      assertThat((double) formula.value()).isCloseTo(sum / (features.length - 1), offset(1e-5));
    }
  }

  /** The same numbers whatever the scores are: nothing of them comes in. */
  @Test
  void trueRanksDependOnScoresAndReleasedOnesDoNot() {
    Random random = new Random(7);
    double[] scores = random.doubles(64).toArray();
    double[] sorted = Leakgan.rescaled(scores, 16);
    double[] placed = Leakgan.releasedRewards(64, 16, 1);
    Arrays.sort(sorted);
    // The released rewards are a permutation of true ones, but for one rank.
    for (int i = 1; i < 64; i++) {
      assertThat(placed[i - 1]).isCloseTo(sorted[i], offset(NO_CHANGE));
    }
  }
}
