package org.seqgan.testkit.operation;

import java.util.List;
import org.seqgan.api.operation.SumOfSquares;

/** Random inputs for {@link SumOfSquares}. */
final class SumOfSquaresProblems extends OperationProblems {
  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return List.of(problem(numbers, 1, 1), problem(numbers, 13, 67));
  }

  @Override
  public List<Problem> small(Numbers numbers) {
    return List.of(problem(numbers, 3, 4));
  }

  @Override
  public List<Problem> severalBlocks(Numbers numbers) {
    return List.of(problem(numbers, 257, 301));
  }

  private static Problem problem(Numbers numbers, int n, int width) {
    return Problem.of(
            "sumOfSquares [" + n + ", " + width + "]",
            n * width,
            call -> new SumOfSquares(call.in("a")))
        .with("a", numbers.symmetric(n * width), n, width);
  }
}
