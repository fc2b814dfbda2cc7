package org.seqgan.testkit.operation;

import java.util.Arrays;
import java.util.List;

/**
 * Random inputs for an operation on h [n, H], W [H, V] and b [V], the last layer of a generator.
 */
abstract class OutputLayerProblems extends OperationProblems {
  private static final int[][] SIZES = {
    {1, 1, 1}, {1, 67, 3}, {13, 3, 67}, {67, 13, 1}, {5, 130, 33}
  };

  /**
   * A problem.
   *
   * @param n rows
   * @param hidden H
   * @param vocabulary V
   */
  abstract Problem problem(Numbers numbers, int n, int hidden, int vocabulary);

  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return Arrays.stream(SIZES)
        .map(size -> problem(numbers, size[0], size[1], size[2] + 1))
        .toList();
  }

  @Override
  public List<Problem> severalBlocks(Numbers numbers) {
    return List.of(problem(numbers, 700, 32, 501));
  }

  @Override
  public List<Problem> hardNumbers(Numbers numbers) {
    return hardLogits(67).stream()
        .map(
            bias ->
                problem(numbers, 13, 5, 67).replacing("W", new float[5 * 67]).replacing("b", bias))
        .toList();
  }

  /** A problem with h, W and b of random numbers. */
  static Problem withLayer(Problem problem, Numbers numbers, int n, int hidden, int vocabulary) {
    return problem
        .with("h", numbers.symmetric(n * hidden), n, hidden)
        .with("W", numbers.symmetric(hidden * vocabulary), hidden, vocabulary)
        .with("b", numbers.symmetric(vocabulary), vocabulary);
  }
}
