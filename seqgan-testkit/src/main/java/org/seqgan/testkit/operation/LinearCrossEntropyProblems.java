package org.seqgan.testkit.operation;

import java.util.Arrays;
import java.util.List;
import org.seqgan.api.operation.LinearCrossEntropy;

/** Random inputs for {@link LinearCrossEntropy}. */
final class LinearCrossEntropyProblems extends OperationProblems {
  private static final int[][] SIZES = {
    {1, 1, 1}, {1, 67, 3}, {13, 3, 67}, {67, 13, 1}, {5, 130, 33}
  };

  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return Arrays.stream(SIZES)
        .map(size -> problem(numbers, size[0], size[1], size[2] + 1))
        .toList();
  }

  @Override
  public List<Problem> small(Numbers numbers) {
    return List.of(problem(numbers, 4, 3, 5));
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

  @Override
  public List<Misfit> misfits() {
    return List.of(
        new Misfit(
            "h is [2, 3], targets are [2], weights of tokens [1]",
            s ->
                new LinearCrossEntropy(
                    s.zeros(2, 3), s.zeros(3, 5), s.zeros(5), s.ints(new int[2], 2), s.zeros(1))));
  }

  private static Problem problem(Numbers numbers, int n, int hidden, int vocabulary) {
    int[] targets = numbers.ids(n, vocabulary);
    float[] tokenWeights = numbers.symmetric(n);
    tokenWeights[n - 1] = n > 1 ? 0 : 1;
    return Problem.of(
            "linearCrossEntropy of " + n + " rows, H=" + hidden + ", V=" + vocabulary,
            Math.max(n, Math.max(hidden, vocabulary)),
            call ->
                new LinearCrossEntropy(
                    call.in("h"),
                    call.in("W"),
                    call.in("b"),
                    call.ints(targets),
                    call.in("token weights")))
        .with("h", numbers.symmetric(n * hidden), n, hidden)
        .with("W", numbers.symmetric(hidden * vocabulary), hidden, vocabulary)
        .with("b", numbers.symmetric(vocabulary), vocabulary)
        .with("token weights", tokenWeights, n);
  }
}
