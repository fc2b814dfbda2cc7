package org.seqgan.testkit.operation;

import java.util.List;
import org.seqgan.api.operation.Affine;

/** Random inputs for {@link Affine}. */
final class AffineProblems extends OperationProblems {
  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return List.of(problem(numbers, 13, 67));
  }

  @Override
  public List<Problem> small(Numbers numbers) {
    return List.of(problem(numbers, 3, 4));
  }

  private static Problem problem(Numbers numbers, int n, int width) {
    return Problem.of(
            "affine [" + n + ", " + width + "]", 1, call -> new Affine(call.in("a"), -0.75f, 0.5f))
        .with("a", numbers.symmetric(n * width), n, width);
  }
}
