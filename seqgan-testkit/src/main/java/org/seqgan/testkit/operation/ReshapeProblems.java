package org.seqgan.testkit.operation;

import java.util.List;
import org.seqgan.api.operation.Reshape;

/** Random inputs for {@link Reshape}. */
final class ReshapeProblems extends OperationProblems {
  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return List.of(problem(numbers, 5, 13));
  }

  @Override
  public List<Problem> small(Numbers numbers) {
    return List.of(problem(numbers, 2, 3));
  }

  @Override
  public List<Misfit> misfits() {
    return List.of(
        new Misfit("[2, 3] cannot become [7]", s -> new Reshape(s.zeros(2, 3), List.of(7))));
  }

  private static Problem problem(Numbers numbers, int n, int width) {
    return Problem.of(
            "reshape [" + n + ", " + width + "]",
            1,
            call -> new Reshape(call.in("a"), List.of(width, n)))
        .with("a", numbers.symmetric(n * width), n, width);
  }
}
