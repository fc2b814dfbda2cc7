package org.seqgan.testkit.operation;

import java.util.List;
import org.seqgan.api.operation.Slice;

/** Random inputs for {@link Slice}. */
final class SliceProblems extends OperationProblems {
  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return List.of(problem(numbers, 5, 13, 3, 9), problem(numbers, 5, 13, 0, 13));
  }

  @Override
  public List<Problem> small(Numbers numbers) {
    return List.of(problem(numbers, 2, 5, 1, 3));
  }

  @Override
  public List<Misfit> misfits() {
    return List.of(
        new Misfit(
            "2 to 5 is outside axis 1 of shape [2, 4]", s -> new Slice(s.zeros(2, 4), 1, 2, 5)));
  }

  private static Problem problem(Numbers numbers, int n, int width, int from, int to) {
    return Problem.of(
            "slice " + from + " to " + to + " of [" + n + ", " + width + "]",
            1,
            call -> new Slice(call.in("a"), 1, from, to))
        .with("a", numbers.symmetric(n * width), n, width);
  }
}
