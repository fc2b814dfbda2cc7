package org.seqgan.testkit.operation;

import java.util.Arrays;
import java.util.List;
import org.seqgan.api.operation.Highway;

/** Random inputs for {@link Highway}. */
final class HighwayProblems extends OperationProblems {
  private static final int[][] SIZES = {
    {1, 1, 1}, {1, 67, 3}, {13, 3, 67}, {67, 13, 1}, {5, 130, 33}
  };

  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return Arrays.stream(SIZES).map(size -> problem(numbers, size[0], size[1])).toList();
  }

  @Override
  public List<Problem> small(Numbers numbers) {
    return List.of(problem(numbers, 3, 4));
  }

  @Override
  public List<Problem> severalBlocks(Numbers numbers) {
    return List.of(problem(numbers, 257, 130));
  }

  @Override
  public List<Problem> hardNumbers(Numbers numbers) {
    return List.of(problem(numbers, 3, 5).replacing("x", alternating(80, 3 * 5)));
  }

  @Override
  public List<Misfit> misfits() {
    return List.of(
        new Misfit(
            "x is [2, 3], so both matrices must be square of its width; found [3, 4] and [3, 3]",
            s -> new Highway(s.zeros(2, 3), s.zeros(3, 4), s.zeros(4), s.zeros(3, 3), s.zeros(3))));
  }

  private static Problem problem(Numbers numbers, int n, int width) {
    return Problem.of(
            "highway [" + n + ", " + width + "]",
            Math.max(n, width),
            call ->
                new Highway(
                    call.in("x"), call.in("Wt"), call.in("bt"), call.in("Wg"), call.in("bg")))
        .with("x", numbers.symmetric(n * width), n, width)
        .with("Wt", numbers.symmetric(width * width), width, width)
        .with("bt", numbers.symmetric(width), width)
        .with("Wg", numbers.symmetric(width * width), width, width)
        .with("bg", numbers.symmetric(width), width);
  }
}
