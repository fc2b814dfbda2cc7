package org.seqgan.testkit.operation;

import java.util.Arrays;
import java.util.List;
import org.seqgan.api.operation.Permute;

/** Random inputs for {@link Permute}. */
final class PermuteProblems extends OperationProblems {
  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return List.of(
        problem(numbers, List.of(0), 7),
        problem(numbers, List.of(1, 0), 13, 67),
        problem(numbers, List.of(1, 0), 1, 5),
        problem(numbers, List.of(0, 1), 3, 5),
        problem(numbers, List.of(1, 0, 2), 5, 3, 13),
        problem(numbers, List.of(2, 0, 1), 5, 3, 13),
        problem(numbers, List.of(0, 2, 1, 3), 3, 7, 2, 5),
        problem(numbers, List.of(0, 2, 1, 3), 3, 1, 2, 5),
        problem(numbers, List.of(3, 1, 0, 2), 3, 7, 2, 5),
        problem(numbers, List.of(2, 1, 0), 3, 0, 2));
  }

  @Override
  public List<Problem> small(Numbers numbers) {
    return List.of(
        problem(numbers, List.of(1, 0), 3, 4), problem(numbers, List.of(1, 2, 0, 3), 2, 3, 2, 2));
  }

  @Override
  public List<Problem> severalBlocks(Numbers numbers) {
    return List.of(
        problem(numbers, List.of(1, 0), 257, 301),
        problem(numbers, List.of(0, 2, 1, 3), 67, 20, 4, 33));
  }

  @Override
  public List<Misfit> misfits() {
    return List.of(
        new Misfit(
            "[0, 2] does not name each axis of [2, 3] once",
            s -> new Permute(s.zeros(2, 3), List.of(0, 2))),
        new Misfit(
            "[1, 1] does not name each axis of [2, 3] once",
            s -> new Permute(s.zeros(2, 3), List.of(1, 1))),
        new Misfit(
            "[1, 0] does not name each axis of [2, 3, 4] once",
            s -> new Permute(s.zeros(2, 3, 4), List.of(1, 0))));
  }

  private static Problem problem(Numbers numbers, List<Integer> axes, int... shape) {
    int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    return Problem.of(
            "permute " + Arrays.toString(shape) + " by " + axes,
            1,
            call -> new Permute(call.in("a"), axes))
        .with("a", numbers.symmetric(size), shape);
  }
}
