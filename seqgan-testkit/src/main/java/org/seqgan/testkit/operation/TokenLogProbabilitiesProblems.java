package org.seqgan.testkit.operation;

import java.util.Arrays;
import java.util.List;
import org.seqgan.api.operation.TokenLogProbabilities;

/** Random inputs for {@link TokenLogProbabilities}. */
final class TokenLogProbabilitiesProblems extends OperationProblems {
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
            "h is [2, 3], targets are [3]",
            s ->
                new TokenLogProbabilities(
                    s.zeros(2, 3), s.zeros(3, 5), s.zeros(5), s.ints(new int[3], 3))));
  }

  private static Problem problem(Numbers numbers, int n, int hidden, int vocabulary) {
    int[] targets = numbers.ids(n, vocabulary);
    return Problem.of(
            "tokenLogProbabilities of " + n + " rows, H=" + hidden + ", V=" + vocabulary,
            Math.max(hidden, vocabulary),
            call ->
                new TokenLogProbabilities(
                    call.in("h"), call.in("W"), call.in("b"), call.ints(targets)))
        .with("h", numbers.symmetric(n * hidden), n, hidden)
        .with("W", numbers.symmetric(hidden * vocabulary), hidden, vocabulary)
        .with("b", numbers.symmetric(vocabulary), vocabulary);
  }
}
