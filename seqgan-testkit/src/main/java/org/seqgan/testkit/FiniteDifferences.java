package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.assertj.core.data.Offset;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.testkit.operation.Problem;

/**
 * Compares the gradients that a backend gives with central finite differences of the value that it
 * gives, element by element.
 *
 * <p>Each slope is taken with two step widths. Where the two differ, a ReLU or a maximum has its
 * kink nearby and there is no slope to compare with; only few such elements are allowed.
 */
final class FiniteDifferences {
  private static final float STEP = 1e-2f;
  private static final double TOLERANCE = 4e-3;
  private static final double KINKS_ALLOWED = 0.1;

  private final TensorBackend backend;
  private final Problem problem;
  private final long seed;
  private int compared;
  private int kinks;

  FiniteDifferences(TensorBackend backend, Problem problem, long seed) {
    this.backend = backend;
    this.problem = problem;
    this.seed = seed;
  }

  void check() {
    for (Map.Entry<String, float[]> result : problem.solve(backend).entrySet()) {
      if (result.getKey().startsWith(Problem.DERIVATIVE)) {
        check(result.getKey().substring(Problem.DERIVATIVE.length()), result.getValue());
      }
    }
    assertThat(compared).as("%s has gradients", problem).isPositive();
    assertThat(kinks)
        .as("%s, seed %d: elements of %d near a kink", problem, seed, compared)
        .isLessThanOrEqualTo((int) (KINKS_ALLOWED * compared));
  }

  private void check(String input, float[] gradient) {
    for (int i = 0; i < gradient.length; i++) {
      double wide = slope(input, i, STEP);
      double narrow = slope(input, i, STEP / 2);
      compared++;
      if (Math.abs(wide - narrow) > TOLERANCE) {
        kinks++;
      } else {
        assertThat((double) gradient[i])
            .as("%s, seed %d: derivative by %s[%d]", problem, seed, input, i)
            .isCloseTo(narrow, Offset.offset(2 * TOLERANCE));
      }
    }
  }

  private double slope(String input, int i, float step) {
    float[] values = problem.values(input);
    float middle = values[i];
    values[i] = middle + step;
    double above = loss(problem.replacing(input, values));
    float high = values[i];
    values[i] = middle - step;
    double below = loss(problem.replacing(input, values));
    return (above - below) / (high - values[i]);
  }

  private double loss(Problem perturbed) {
    float[] output = perturbed.solve(backend).get(Problem.OUTPUT);
    float[] weights = Problem.outputWeights(output.length);
    double sum = 0;
    for (int i = 0; i < output.length; i++) {
      sum += (double) output[i] * weights[i];
    }
    return sum;
  }
}
