package org.seqgan.testkit.operation;

import java.util.List;
import org.seqgan.api.operation.Concat;

/** Random inputs for {@link Concat}. */
final class ConcatProblems extends OperationProblems {
  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return List.of(problem(numbers, 5, 13, 7), problem(numbers, 1, 1, 1));
  }

  @Override
  public List<Problem> small(Numbers numbers) {
    return List.of(problem(numbers, 2, 3, 4));
  }

  @Override
  public List<Misfit> misfits() {
    return List.of(
        new Misfit("nothing to join", s -> new Concat(List.of(), 0)),
        new Misfit(
            "[2] and [2, 1] differ in rank",
            s -> new Concat(List.of(s.zeros(2), s.zeros(2, 1)), 0)),
        new Misfit(
            "[2, 3] and [3, 3] differ beside axis 1",
            s -> new Concat(List.of(s.zeros(2, 3), s.zeros(3, 3)), 1)));
  }

  private static Problem problem(Numbers numbers, int n, int first, int second) {
    return Problem.of(
            "concat [" + n + ", " + first + "] and [" + n + ", " + second + "]",
            1,
            call -> new Concat(List.of(call.in("a"), call.in("b")), 1))
        .with("a", numbers.symmetric(n * first), n, first)
        .with("b", numbers.symmetric(n * second), n, second);
  }
}
